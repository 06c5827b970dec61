"""The commands: where each is, and its line in ``grader --help``, which therefore has to import none of them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import click

from grader.cli.language import say


@dataclass(frozen=True)
class Entry:
    """One command. ``student`` is what a student's installation has; the others need what is only on the server."""

    en: str
    ru: str
    student: bool = False
    place: str = ""  # module:object, where that is not grader.cli.NAME:NAME

    @property
    def summary(self) -> str:
        return say(self.en, self.ru)


COMMANDS = {
    "audit": Entry("Every change of what counts, and who made it.", "Журнал изменений: что и кем изменено."),
    "backup": Entry("Write the whole course into a file.", "Сохранить весь курс в файл."),
    "bonus": Entry("Give bonus points, list them, take them back.", "Бонусные баллы: начислить, показать, отменить."),
    "broken": Entry("Uploads that could not be graded.", "Отправки, которые не удалось проверить."),
    "catalogue": Entry("What the lectures hold, and which assignment covers it.", "Темы лекций и задания по ним."),
    "check": Entry(
        "Run the public tests on a file, on this machine.", "Проверить файл открытыми тестами на этой машине.", True
    ),
    "codeforces": Entry("Import results from Codeforces.", "Загрузить результаты с Codeforces."),
    "course": Entry("Begin, check and apply the course file.", "Создать, проверить и применить файл курса."),
    "defence": Entry("Labs that wait for their defence; mark them.", "Защиты: кто ждёт, поставить оценку."),
    "doctor": Entry(
        "What works on this machine, and what is missing.", "Что на этой машине работает, чего не хватает."
    ),
    "extend": Entry("Give extensions, list and withdraw them.", "Продления: дать, показать, отменить."),
    "figures": Entry("Draw the pictures of assignments.", "Нарисовать рисунки к заданиям."),
    "final": Entry("The formula of the final score, step by step.", "Формула итогового балла по шагам.", True),
    "grade": Entry("Grade a file with the hidden tests.", "Проверить файл скрытыми тестами."),
    "gradebook": Entry("Everybody's marks, shown or as a file.", "Оценки всех студентов: показать или сохранить."),
    "grades": Entry("Your marks and what each comes from.", "Ваши баллы и из чего они складываются.", True),
    "images": Entry("Build the images of the sandboxes.", "Собрать образы песочниц."),
    "late": Entry("What lateness takes from a lab.", "Сколько баллов останется от работы после опоздания.", True),
    "list": Entry(
        "The assignments with deadlines and points.", "Задания, сроки и баллы.", True, "grader.cli.listing:listing"
    ),
    "login": Entry("Log in to the course's server.", "Войти на сервер курса.", True),
    "logout": Entry("Log out and revoke the token.", "Выйти и отозвать токен.", True),
    "mail": Entry("E-mail that could not be delivered.", "Письма, которые не удалось доставить."),
    "migrate": Entry("Bring the database's tables up to date.", "Обновить таблицы базы данных."),
    "new": Entry("Begin a new assignment.", "Создать новое задание."),
    "override": Entry("Points set by staff.", "Баллы, поставленные вручную."),
    "people": Entry("Import, add, change and invite people.", "Люди курса: загрузить, добавить, изменить, пригласить."),
    "receipt": Entry("Check a receipt, or fetch it again.", "Проверить квитанцию или получить её снова.", True),
    "regrade": Entry("Grade again what is out of date.", "Перепроверить то, что устарело."),
    "report": Entry("The whole report on one upload.", "Полный отчёт об одной отправке."),
    "restore": Entry("Put a backup into this installation.", "Восстановить курс из файла."),
    "similarity": Entry("Uploads that share unusual code.", "Отправки с похожим кодом."),
    "show": Entry("Draw a picture of what a solution does.", "Нарисовать, что делает решение.", True),
    "solution": Entry(
        "The reference solution of a closed assignment.", "Эталонное решение, когда приём работ закончен.", True
    ),
    "start": Entry(
        "Begin an assignment: statement, starter, public tests.", "Начать задание: условие, заготовка, тесты.", True
    ),
    "statistics": Entry("How the course does, test by test.", "Как идёт курс: задания и отдельные тесты."),
    "status": Entry("Where you stand, and your uploads.", "Ваши баллы, сроки и отправки.", True),
    "submit": Entry("Hand a file in and wait for the result.", "Сдать файл и дождаться результата.", True),
    "theory": Entry("Points of the test and the exam.", "Баллы за контрольную и экзамен."),
    "transcript": Entry("Every mark of one student.", "Все оценки одного студента."),
    "up": Entry("Run the whole system on this machine.", "Запустить всю систему на этой машине."),
    "verify": Entry("Prove assignments.", "Проверить сами задания."),
    "what-if": Entry(
        "What your final score would be.", "Каким был бы ваш итоговый балл.", True, "grader.cli.what_if:what_if"
    ),
}


def on_server() -> bool:
    """Whether more is installed here than a student's wheel."""
    return find_spec("grader.store") is not None


def available() -> list[str]:
    """The names of the commands that this installation has."""
    server = on_server()
    return sorted(name for name, entry in COMMANDS.items() if server or entry.student)


def load(name: str) -> click.Command:
    """A command, imported now."""
    module, _, attribute = (COMMANDS[name].place or f"grader.cli.{name}").partition(":")
    command = getattr(import_module(module), attribute or name)
    assert isinstance(command, click.Command)
    return command
