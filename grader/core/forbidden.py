"""What an assignment may forbid by one word: the named sets; and which libraries an environment has.

Each set holds the names of numpy, scipy and torch for one subject, in any of the libraries, whether or not the
assignment's environment has it. `OF_OTHER_VERSIONS` are those that the pinned versions do not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

INSTALLED: Mapping[str, frozenset[str]] = {
    "numpy": frozenset({"numpy"}),
    "sklearn": frozenset({"numpy", "scipy", "sklearn"}),
    "torch": frozenset({"numpy", "torch"}),
}
LIBRARIES = frozenset().union(*INSTALLED.values())


def _below(module: str, names: str) -> tuple[str, ...]:
    return tuple(f"{module}.{name}" for name in names.split())


_CONVOLUTIONS = "conv1d conv2d conv3d conv_tbc conv_transpose1d conv_transpose2d conv_transpose3d"
_NORMALISATIONS = "batch_norm group_norm instance_norm layer_norm rms_norm"

SETS: Mapping[str, tuple[str, ...]] = {
    "recurrent": (
        *_below("torch.nn", "LSTM LSTMCell GRU GRUCell RNN RNNCell RNNBase RNNCellBase quantized modules.rnn"),
        *_below("torch", "lstm lstm_cell gru gru_cell rnn_tanh rnn_tanh_cell rnn_relu rnn_relu_cell"),
        *_below("torch", "quantized_lstm quantized_lstm_cell quantized_gru quantized_gru_cell"),
        *_below("torch", "quantized_rnn_relu_cell quantized_rnn_tanh_cell mkldnn_rnn_layer miopen_rnn ao.nn"),
    ),
    "attention": (
        *_below("torch.nn", "MultiheadAttention Transformer TransformerEncoder TransformerEncoderLayer"),
        *_below("torch.nn", "TransformerDecoder TransformerDecoderLayer modules.transformer attention quantizable"),
        *_below("torch.nn.functional", "scaled_dot_product_attention multi_head_attention_forward"),
        "torch.ao.nn",
    ),
    "normalisation": (
        *_below("torch.nn", "BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm GroupNorm LayerNorm RMSNorm"),
        *_below("torch.nn", "InstanceNorm1d InstanceNorm2d InstanceNorm3d LocalResponseNorm"),
        *_below("torch.nn", "LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d"),
        *_below("torch.nn", "LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d"),
        *_below("torch.nn.modules", "batchnorm instancenorm normalization"),
        *_below("torch.nn.functional", f"{_NORMALISATIONS} local_response_norm"),
        *_below("torch", f"{_NORMALISATIONS} native_batch_norm native_group_norm native_layer_norm"),
        *_below("torch", "cudnn_batch_norm miopen_batch_norm quantized_batch_norm batch_norm_elemt batch_norm_stats"),
    ),
    "convolution": (
        *_below("numpy", "convolve correlate"),
        *_below("scipy.signal", "convolve convolve2d correlate correlate2d fftconvolve oaconvolve lfilter sosfilt"),
        *_below("scipy.ndimage", "convolve convolve1d correlate correlate1d"),
        *_below("torch.nn", "Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d"),
        *_below("torch.nn", "LazyConv1d LazyConv2d LazyConv3d"),
        *_below("torch.nn", "LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d modules.conv"),
        *_below("torch.nn.functional", _CONVOLUTIONS),
        *_below("torch", f"{_CONVOLUTIONS} convolution cudnn_convolution miopen_convolution mkldnn_convolution"),
        *_below("torch.nn", "grad quantized"),
    ),
    "fourier": (
        *_below("numpy", "fft dual"),
        *_below("scipy", "fft fftpack linalg.dft"),
        *_below("scipy.signal", "ShortTimeFFT ZoomFFT zoom_fft czt CZT stft istft spectrogram periodogram"),
        *_below("scipy.signal", "welch csd coherence lombscargle fftconvolve oaconvolve hilbert hilbert2"),
        *_below("torch", "fft stft istft Tensor.stft Tensor.istft"),
    ),
    "linear-solvers": (
        *_below("numpy.linalg", "solve inv lstsq pinv tensorsolve tensorinv"),
        *_below("scipy.linalg", "solve inv lstsq pinv pinvh solve_banded solveh_banded solve_circulant"),
        *_below("scipy.linalg", "solve_toeplitz solve_triangular cho_solve cho_solve_banded lu_solve"),
        *_below("scipy.sparse.linalg", "spsolve spsolve_triangular factorized splu spilu inv lsqr lsmr"),
        *_below("scipy.sparse.linalg", "bicg bicgstab cg cgs gmres lgmres minres qmr gcrotmk tfqmr"),
        *_below("torch.linalg", "solve solve_ex solve_triangular lstsq inv inv_ex pinv"),
        *_below("torch.linalg", "lu_solve ldl_solve tensorsolve tensorinv"),
        *_below("torch", "inverse pinverse cholesky_solve cholesky_inverse lu_solve triangular_solve solve lstsq"),
        *_below("torch.Tensor", "inverse pinverse cholesky_solve cholesky_inverse lu_solve triangular_solve"),
    ),
}
OF_OTHER_VERSIONS = frozenset({"numpy.dual"})


def names_of(sets: Iterable[str]) -> tuple[str, ...]:
    """All names of the sets. Raises KeyError for a set that there is not."""
    return tuple(dict.fromkeys(name for one in sets for name in SETS[one]))


def within(name: str, outer: str) -> bool:
    """Whether a dotted name is ``outer`` or something in it."""
    return name == outer or name.startswith(outer + ".")
