"""What columns are called: in English and Russian, by Canvas, Moodle and Gradescope, and by Russian student offices.

A name with a question mark is a second choice: it is taken where the table has no column of the first choice. A
student's number serves as a login like this, and a section as a study group.
"""

from __future__ import annotations

_LOGIN = {
    "login": (
        "login", "username", "user name", "login id", "sis login id", "login name", "account", "netid",
        "логин", "имя пользователя", "учётная запись", "аккаунт", "логин студента", "логин ису", "логин в ису",
    ),
    "login?": (
        "sis user id", "sis id", "student sis id", "id number", "student id", "student number",
        "sid", "uid", "user id", "isu", "isu id",
        "orgdefinedid", "matriculation number", "student id number",
        "табельный номер", "таб номер", "номер зачётной книжки", "номер зачётки", "зачётная книжка", "зачётка",
        "номер студенческого билета", "студенческий билет", "номер студенческого", "студбилет", "номер студбилета",
        "личный номер", "персональный номер", "индивидуальный номер", "ису", "номер ису", "ису id", "id ису",
        "номер студента", "шифр", "номер личного дела", "идентификационный номер", "номер билета", "зачётной книжки",
        "номер зач книжки", "зач книжки", "зач книжка", "студенческого билета", "студ билет", "студ билета",
    ),
}  # fmt: skip
_NAME = {
    "name": (
        "full name", "student name", "display name", "фио", "ф и о", "полное имя", "фамилия имя отчество",
        "фамилия и имя", "фамилия имя", "фио студента", "фио полностью", "фио обучающегося", "имя и фамилия",
        "фамилия и о", "фио слушателя",
    ),
    "name?": ("student", "студент", "обучающийся", "слушатель", "участник", "учащийся"),
    "own name": ("name", "имя"),  # the whole name, but beside a family name the given one
    "family name": ("last name", "surname", "family name", "фамилия", "фамилия студента"),
    "given name": ("first name", "given name", "forename", "имя студента"),
    "middle name": ("middle name", "patronymic", "отчество", "отчество при наличии"),
}  # fmt: skip
_PERSON = {
    "group": (
        "group", "groups", "group1", "study group", "group name", "группа", "группы", "учебная группа",
        "академическая группа", "номер группы", "группа студента", "код группы", "шифр группы", "название группы",
    ),
    "group?": ("section", "sections", "section name", "cohort", "cohort1", "поток", "секция"),
    "role": ("role", "roles", "course role", "роль", "роли"),
    "email": (
        "email", "e mail", "mail", "email address", "user email", "почта", "электронная почта", "эл почта", "емейл",
        "адрес электронной почты", "электронный адрес", "адрес почты", "имейл", "email адрес",
        "электронная почта email", "корпоративная почта", "эл адрес",
    ),
    "team": ("team", "team name", "команда", "бригада", "название команды"),
    "codeforces": (
        "codeforces", "codeforces handle", "handle", "cf", "cf handle", "хэндл", "хендл", "ник на codeforces",
        "логин codeforces", "логин на codeforces", "хэндл codeforces", "имя на codeforces", "кодфорсес",
    ),
}  # fmt: skip
_THEORY = {
    "test": ("test", "тест", "контрольная", "контрольная работа", "кр", "written test", "баллы за тест"),
    "minimum": (
        "minimum", "term minimum", "теорминимум", "теормин", "теоретический минимум", "минимум", "экзамен теорминимум",
    ),
    "ticket": ("ticket", "exam ticket", "билет", "экзаменационный билет", "экзамен билет", "ответ на билет"),
}  # fmt: skip
_BONUS = {
    "points": ("points", "bonus", "score", "баллы", "балл", "бонус", "бонусные баллы"),
    "reason": ("reason", "why", "what for", "comment", "причина", "за что", "комментарий", "основание"),
    "kind": ("kind", "type", "вид", "тип"),
    "link": ("link", "url", "ссылка"),
}

_EXTENSIONS = {
    "assignment": ("assignment", "task", "задание", "работа", "задача"),
    "until": ("until", "deadline", "new deadline", "срок", "до", "новый срок", "дедлайн", "крайний срок"),
    "days": ("days", "дней", "дни", "число дней"),
}  # fmt: skip

MEANINGS = {**_LOGIN, **_NAME, **_PERSON, **_THEORY, **_BONUS, **_EXTENSIONS}  # all of them, as they may be written


def key(text: str) -> str:
    """A name as it is compared: small letters and digits, ``ё`` as ``е``."""
    return "".join(letter for letter in text.casefold().replace("ё", "е") if letter.isalnum())


def _by_word(*groups: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {key(word): meaning for group in groups for meaning, words in group.items() for word in words}


LOGIN = _by_word(_LOGIN)
PEOPLE = _by_word(_LOGIN, _NAME, _PERSON)
THEORY = _by_word(_LOGIN, _THEORY)
BONUS = _by_word(_LOGIN, _BONUS)
EXTENSIONS = _by_word(
    _LOGIN, _EXTENSIONS, {"group": _PERSON["group"], "group?": _PERSON["group?"], "reason": _BONUS["reason"]}
)
