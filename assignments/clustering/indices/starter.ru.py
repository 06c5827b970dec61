"""Меры качества кластеризации. Проверка: `grader check clustering/indices solution.py`.

Внутренние меры получают X (n, m) и labels (n,), внешние — labels_true (n,) и labels_pred (n,). Каждая возвращает
float. Формулы даны в условии; общее для нескольких мер напишите один раз: центроиды, расстояния, d_ps, деление,
которое при нулевом знаменателе вызывает ValueError.
"""

import numpy as np

# -- разброс ---------------------------------------------------------------------------------------------


def cohesion(X: np.ndarray, labels: np.ndarray) -> float:
    """W: сумма квадратов расстояний от объектов до их центроидов."""
    raise NotImplementedError("начните отсюда: центроид каждого кластера")


def separation(X: np.ndarray, labels: np.ndarray) -> float:
    """B: сумма квадратов расстояний от центроидов до среднего всех объектов, умноженных на размеры кластеров."""
    raise NotImplementedError("W + B — разброс всех объектов: проверьте это")


def calinski_harabasz(X: np.ndarray, labels: np.ndarray) -> float:
    """(B / (K - 1)) / (W / (n - K))"""
    raise NotImplementedError("а если W равно нулю?")


def score_function(X: np.ndarray, labels: np.ndarray) -> float:
    """1 - exp(-exp(bcd - wcd))"""
    raise NotImplementedError("exp(exp(...)) может переполниться")


def silhouette(X: np.ndarray, labels: np.ndarray) -> float:
    """Средний силуэт объектов."""
    raise NotImplementedError("у единственного объекта в кластере силуэт 0")


# -- индекс Данна и его вариации -------------------------------------------------------------------------


def dunn(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_1 / Delta_1"""
    raise NotImplementedError("напишите так, чтобы остальные шесть заняли по строке")


def gd31(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_3 / Delta_1"""
    raise NotImplementedError("средние расстояния между объектами")


def gd41(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_4 / Delta_1"""
    raise NotImplementedError("расстояния между центроидами")


def gd51(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_5 / Delta_1"""
    raise NotImplementedError("от каждого объекта до центроида другого кластера")


def gd33(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_3 / Delta_3"""
    raise NotImplementedError("удвоенное среднее расстояние до центроида")


def gd43(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_4 / Delta_3"""
    raise NotImplementedError("delta_4 как в gd41, Delta_3 как в gd33")


def gd53(X: np.ndarray, labels: np.ndarray) -> float:
    """delta_5 / Delta_3"""
    raise NotImplementedError("delta_5 как в gd51, Delta_3 как в gd33")


# -- разброс и расстояния между центроидами и объектами --------------------------------------------------


def davies_bouldin(X: np.ndarray, labels: np.ndarray) -> float:
    """Среднее по кластерам: max (S_k + S_l) / d(c_k, c_l)"""
    raise NotImplementedError("сам с собой кластер не сравнивается")


def davies_bouldin_star(X: np.ndarray, labels: np.ndarray) -> float:
    """Среднее по кластерам: max (S_k + S_l) / min d(c_k, c_l)"""
    raise NotImplementedError("максимум и минимум могут достигаться на разных кластерах")


def cop(X: np.ndarray, labels: np.ndarray) -> float:
    """Среднее по объектам: S_k, делённое на наименьшее по чужим объектам наибольшее расстояние до кластера"""
    raise NotImplementedError("для каждого чужого объекта: самый далёкий от него объект кластера")


def cs(X: np.ndarray, labels: np.ndarray) -> float:
    """Средние расстояния до самого далёкого объекта своего кластера, делённые на расстояния до ближайших центроидов"""
    raise NotImplementedError("две суммы, одно деление")


def sv(X: np.ndarray, labels: np.ndarray) -> float:
    """Расстояния до ближайших центроидов, делённые на радиусы границ"""
    raise NotImplementedError("сколько объектов в десятой части от 30, от 31, от 3?")


def os_index(X: np.ndarray, labels: np.ndarray) -> float:
    """Перекрытие, делённое на расстояния до ближайших центроидов"""
    raise NotImplementedError("сначала a и b одного объекта")


# -- пары расстояний, плотность --------------------------------------------------------------------------


def c_index(X: np.ndarray, labels: np.ndarray) -> float:
    """(S - S_min) / (S_max - S_min)"""
    raise NotImplementedError("отсортируйте все расстояния один раз")


def gamma(X: np.ndarray, labels: np.ndarray) -> float:
    """Доля несогласованных выборов (внутренняя пара, внешняя пара)"""
    raise NotImplementedError("отсортируйте внешние расстояния и считайте двоичным поиском")


def s_dbw(X: np.ndarray, labels: np.ndarray) -> float:
    """Разброс плюс плотность между кластерами"""
    raise NotImplementedError("сначала дисперсии признаков: векторы длины m")


# -- симметрия -------------------------------------------------------------------------------------------


def sym(X: np.ndarray, labels: np.ndarray) -> float:
    """max d(c_k, c_l) / (K sum d_ps)"""
    raise NotImplementedError("сначала напишите d_ps одного кластера: оно нужно и трём остальным мерам")


def sym_db(X: np.ndarray, labels: np.ndarray) -> float:
    """Дэвис–Болдин со средним d_ps"""
    raise NotImplementedError("как davies_bouldin, но с другим S_k")


def sym_d(X: np.ndarray, labels: np.ndarray) -> float:
    """Данн с наибольшим d_ps"""
    raise NotImplementedError("как dunn, но с другим размером кластера")


def sym_33(X: np.ndarray, labels: np.ndarray) -> float:
    """gd33 с удвоенным средним d_ps"""
    raise NotImplementedError("как gd33, но с другим размером кластера")


# -- внешние меры ----------------------------------------------------------------------------------------


def pair_counts(labels_true: np.ndarray, labels_pred: np.ndarray) -> tuple[int, int, int, int]:
    """(TP, FP, FN, TN) по всем парам объектов"""
    raise NotImplementedError("сосчитайте объекты в клетках таблицы сопряжённости, затем пары в них")


def rand_index(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """(TP + TN) / M"""
    raise NotImplementedError("в pair_counts есть всё, что нужно")


def adjusted_rand(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """(TP - E) / ((P + T) / 2 - E)"""
    raise NotImplementedError("произведения чисел пар могут не поместиться в 64 бита")


def jaccard(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """TP / (TP + FP + FN)"""
    raise NotImplementedError("TN не участвует")


def fowlkes_mallows(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """TP / sqrt(P T)"""
    raise NotImplementedError("среднее геометрическое двух долей")


def hubert_gamma(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """TP / M"""
    raise NotImplementedError("ненормированная; нормированная — это phi")


def phi(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """Корреляция двух индикаторов"""
    raise NotImplementedError("не забудьте корень в знаменателе")


def minkowski(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """sqrt(FP + FN) / sqrt(T)"""
    raise NotImplementedError("несимметрична: T относится к labels_true")


def purity(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """Доля объектов, принадлежащих главному классу своего кластера"""
    raise NotImplementedError("для каждого кластера его наибольшая клетка")


def goodman_kruskal(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """Ошибка угадывания класса по кластеру"""
    raise NotImplementedError("то, чего purity не хватает до единицы")


def variation_of_information(labels_true: np.ndarray, labels_pred: np.ndarray) -> float:
    """Чего класс и кластер не говорят друг о друге; логарифмы натуральные"""
    raise NotImplementedError("только непустые клетки")
