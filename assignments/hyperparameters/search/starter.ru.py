"""Поиск гиперпараметров. Проверка: `grader check hyperparameters/search solution.py`."""


def discretise(low: float, high: float, count: int, log: bool = False) -> list[float]:
    """`count` чисел от low до high, оба конца включены."""
    raise NotImplementedError("начните отсюда: равный шаг или равное отношение")


def grid(space: dict) -> object:
    """Итератор по всем настройкам; быстрее всех меняется последний параметр."""
    raise NotImplementedError("настройки по одной: нужен генератор")


def random_search(objective, space: dict, budget: int, rng) -> tuple:
    """Лучшая из `budget` случайных настроек, её потери и история."""
    raise NotImplementedError("выбрать, вычислить, запомнить")


def enumerate_tree(space: dict) -> object:
    """Итератор по всем настройкам пространства-дерева."""
    raise NotImplementedError("выберите значение первого параметра, пройдите его ветвь, затем остальные параметры")


def count_tree(space: dict) -> int:
    """Сколько настроек в пространстве-дереве."""
    raise NotImplementedError("сумма по ветвям, произведение по параметрам")


def sample_tree(space: dict, rng) -> dict:
    """Случайная настройка из пространства-дерева."""
    raise NotImplementedError("каждый выбор равновероятен среди своих вариантов")


def flatten(space: dict) -> dict:
    """Линейное пространство над теми же параметрами."""
    raise NotImplementedError("соберите каждое имя со всеми его значениями")
