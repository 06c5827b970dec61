"""What a student is told beside the verdict of a test.

An author's hint is about wrong results. Of a test that did not come to one it would say what has not gone wrong, so
each such verdict has a text of its own; of an exception its type and its line are told instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from grader.core.verdicts import Verdict

OWN: Mapping[Verdict, Mapping[str, str]] = {
    Verdict.TIMEOUT: {
        "en": "Your code was still running when the time for it was up.",
        "ru": "Ваш код не закончил работу за отведённое время.",
    },
    Verdict.MEMORY: {
        "en": "Your code, or what was computed with its result, needed more memory than there is for it.",
        "ru": "Вашему коду или вычислениям с его результатом понадобилось больше памяти, чем отведено.",
    },
    Verdict.OUTPUT: {
        "en": "Your code printed or returned more than a test takes in. Print less; look at the size of what you "
        "return.",
        "ru": "Ваш код напечатал или вернул больше, чем тест может принять. Печатайте меньше; проверьте размер "
        "возвращаемого.",
    },
    Verdict.PROTOCOL: {
        "en": "What came back from your code's process could not be read. Do not write to connections that you did not "
        "open.",
        "ru": "Ответ процесса с вашим кодом не удалось прочитать. Не пишите в соединения, которые открыли не вы.",
    },
    Verdict.DIED: {
        "en": "The process with your code ended in the middle of the test: a call of exit, or a crash in a library.",
        "ru": "Процесс с вашим кодом завершился посреди теста: вызов exit или сбой внутри библиотеки.",
    },
}


def hint_of(verdict: Verdict, authors: Mapping[str, str]) -> Mapping[str, str]:
    """What to tell of a test with this verdict, whose author gave it this hint."""
    return authors if verdict in (Verdict.PASSED, Verdict.FAILED) else OWN.get(verdict, {})
