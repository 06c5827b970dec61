"""Which names of the libraries are modules, so that more names can be read from what they stand for.

A module hands out other modules; a function, a class or an array does not, and names are not followed beyond it.
`tests/harness/test_static.py` compares the lists with what is installed.
"""

from __future__ import annotations

import builtins
import sys

from . import PARTS


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODULES = {
    "numpy": words(
        """
        N array_utils auxfuncs bit_generator capi_maps cb_rules cfuncs char chebyshev common_rules compat core
        crackfortran ctypeslib defmatrix diagnose distutils dtypes dual emath exceptions extbuild extras f2py
        f2py2e f90mod_rules fft format func2subr hermite hermite_e introspect laguerre legendre lib linalg ma
        matlib matrixlib mixins mtrand mu npyio ntypes overrides polynomial polyutils pu random rec rules
        scimath stride_tricks strings symbolic testing typing um umath use_rules version
        """
    ),
    "scipy": words(
        """
        add_newdocs base basic biasedurn blas bsplines bsr ckdtree cluster cobyla codata compressed constants
        construct contingency convolve coo csc csgraph csr cython_blas cython_lapack cython_special data decomp
        decomp_cholesky decomp_lu decomp_qr decomp_schur decomp_svd dia distance distributions dok dop dsolve
        eigen extract fft fftpack filter_design filters fir_filter_design fitpack fitpack2 fourier helper
        hierarchy integrate interface interpnd interpolate interpolation interpolative isolve kde kdtree lapack
        lbfgsb lil linalg linesearch lsoda lti_conversion ltisys matfuncs measurements minpack minpack2 misc
        moduleTNC morestats morphology mstats mstats_basic mstats_extras mvn ndgriddata ndimage nonlin odepack
        optimize orthogonal polyint pseudo_diffs qhull qmc quadpack rbf realtransforms rotation sf_error signal
        signaltools slsqp sparse sparsetools spatial specfun special special_matrices spectral spfun_stats
        spline sputils stats tnc transform version vode vq waveforms wavelets windows zeros
        """
    ),
    "sklearn": words(
        """
        array_api_compat array_api_extra arrayfuncs base callback char class_weight cluster common compose core
        covariance ctypeslib decomposition deprecation discovery discriminant_analysis distance dtypes dummy
        emath ensemble exceptions externals extmath f2py fft fixes graph interpolate isotonic joblib lib linalg
        linear_model ma manifold metadata_routing metaestimators metrics model_selection multiclass murmurhash
        neighbors nw optimize pairwise parallel pipeline polynomial preprocessing rec sparse sparsefuncs
        sparsefuncs_fast stats strings svm testing tree utils validation
        """
    ),
    "torch": words(
        """
        F accelerator activation adaptive algorithms amp analyze annotations anomaly_mode ao ao_nn api aten
        attention autocast_mode autograd backcompat backend_registration backend_registry backends batchnorm
        bernoulli beta binary binomial bn_relu c10d_logger callable categorical cauchy channelshuffle checkpoint
        chi2 classes clip_grad collect_env combinatorics combining comm common common_types compiler config
        conflict const_fold constants constraint_registry constraints container container_abcs
        continuous_bernoulli conv conv_add conv_fused conv_relu convert_parameters copymodule core cpp
        cpp_backtrace cpu creation cuda cudnn cusparselt custom_ops data dataframe dataframe_wrapper dataframes
        dataloader datapipe datapipes dataset debug_mode_ops debugprims decoder decomp_utils deterministic
        device_mesh df_wrapper dirichlet dispatch dispatcher dist dist_autograd dist_config distance distributed
        distributed_c10d distribution distributions dlpack dropout dynamic dynamic_shapes embedding_ops event
        exp_family experimental exponential export exported_program fake_quantize fft
        file_structure_representation filelister fileopener find_file_dependencies fishersnedecor flatten fold
        forward_ad frontend func function functional functional_modules functions fused fuser_method_mappings
        fusion futures fwAD fx fx_experimental_config fx_pytree fx_traceback gamma gds generalized_pareto
        geometric glob_group grad grad_mode grad_scaler graph graph_drawer graph_manipulation graph_module
        graph_settings graph_signature graphs green_contexts grouping gumbel half_cauchy half_normal
        higher_order hooks hub immutable_collections importer independent inductor infra init instancenorm
        internal interpreter intrinsic inverse_gamma is_from_package iter itl itt jit jiterator join kl kleidiai
        kumaraswamy laplace lazy library linalg linear linear_cross_entropy_options linear_fused linear_relu
        lkj_cholesky log_normal logging_handlers logistic_normal loss lowrank_multivariate_normal lr_scheduler m
        map masked maskedtensor matcher_utils memory memory_format mha miopen mixture_same_family mkl mkldnn
        module modules monitor more mp mps mtia mtia_graph multinomial multipledispatch multiprocessing
        multivariate_normal nccl negative_binomial nested net_min_base nn nni nniq nniqat nniqd nnpack nnq nnqat
        nnqatd nnqd nnqr node normal normalization nvtx observer one_hot_categorical onednn openmp
        operator_schemas operator_support ops opt_einsum optim options overrides package package_exporter
        package_importer padding parallel param_fetch parameter parametrizations parametrize pareto pass_base
        pass_manager passes passthrough pixelshuffle poisson pooling prim prims prof profiler profiler_legacy
        profiler_util proxy proxy_tensor python_multiprocessing python_native pytree qat qconfig qconfig_mapping
        quant_type quantizable quantization quantization_mappings quantized quasirandom random reducer reduction
        reductions reference regional_inductor reinplace relaxed_bernoulli relaxed_categorical remote_device
        return_types rngprims rnn routeddecoder rpc rpc_constants rpc_contants runtime_assert sampler
        scatter_gather selecting semi_structured serialization server_process_global_profiler shape_prop
        sharding signal sparse special split_module split_utils splitter_base stateless storage streamreader
        streams structured structures stubs studentT subgraph_rewriter swa_utils sym_node t tensor_type testing
        throughput_benchmark tools_common torch_version transformed_distribution transformer transforms tunable
        types typing_extensions unary unification unification_tools uniform upsampling utils variable variadic
        version von_mises weak weibull windows wishart xpu
        """
    ),
}
RESTART = {"np": "numpy", "nx": "numpy", "sp": "scipy", **{name: name for name in MODULES}} | {
    name: name
    for name in (
        *("builtins", "copyreg", "ctypes", "dis", "functools", "gc", "importlib", "inspect", "itertools", "linecache"),
        *("operator", "os", "pickle", "subprocess", "sys", "traceback"),
    )
}
_OF_STDLIB = {"path", "abc", "futures"}


def is_module(name: str) -> bool:
    """Whether a dotted name may stand for a module, as far as is known."""
    root, *parts = name.split(".")
    if root in MODULES:
        return all(part in MODULES[root] for part in parts)
    if root in sys.stdlib_module_names:
        return all(part in sys.stdlib_module_names or part in _OF_STDLIB for part in parts)
    return not hasattr(builtins, root) and root.isidentifier() and len(parts) < 3


def flows(name: str) -> bool:
    """Whether something of this name is worth following: a module, a class with methods of interest, a getter."""
    last = name.rpartition(".")[2]
    if name.partition(".")[0] in sys.stdlib_module_names:
        return is_module(name) or last in ("attrgetter", "methodcaller")
    return is_module(name) or last[:1].isupper() or last == "ndarray"


def read(name: str, part: str) -> tuple[str, list[str]]:
    """What is told of reading an attribute of something named, and the names that the result stands for."""
    if name == "builtins":
        return part, []
    whole = f"{name}.{part}"
    if not is_module(name) or whole.count(".") >= PARTS:
        return whole, []
    return whole, [one for one in (whole, RESTART.get(part, "")) if one and flows(one)]
