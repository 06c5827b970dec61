"""Ends its sandbox by a signal in every test, some idle time after it was asked.

Earns: 0
Verdicts: died, skipped, timeout
"""

import os
import signal
import time


def end(*args, **kwargs):
    time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGKILL)


cohesion = separation = calinski_harabasz = score_function = silhouette = dunn = gd31 = gd41 = gd51 = end
gd33 = gd43 = gd53 = davies_bouldin = davies_bouldin_star = cop = cs = sv = os_index = c_index = end
gamma = s_dbw = sym = sym_db = sym_d = sym_33 = pair_counts = rand_index = adjusted_rand = jaccard = end
fowlkes_mallows = hubert_gamma = phi = minkowski = purity = goodman_kruskal = end
variation_of_information = end
