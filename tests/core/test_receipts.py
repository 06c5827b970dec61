"""Receipts: the bytes that are signed, the key that is derived, and every change that must be noticed.

The oracles: HKDF computed by hand with hmac, and the signature checked by the `openssl` command where there is one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import shutil
import subprocess
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from grader.core import receipts
from grader.core.errors import BadInput
from grader.core.receipts import Receipt, Signed

SECRET = "a secret of the installation, 32+ characters"
KEY = receipts.signing_key(SECRET)
FILE = b"def kmeans(): ...\n"
RECEIPT = Receipt(
    submission="7b0c2a52-3f4e-4c58-9d0a-0a8f6c9f1c11",
    assignment="clustering/kmeans",
    login="анна",
    file_sha256=hashlib.sha256(FILE).hexdigest(),
    content_sha256="ab" * 32,
    received_at="2027-02-14T20:59:00.000001Z",
)


def test_the_bytes_that_are_signed_are_those_of_the_documentation():
    assert receipts.signed_bytes(RECEIPT) == (
        b"grader receipt\n"
        b'{"assignment":"clustering/kmeans","content_sha256":"' + b"ab" * 32 + b'",'
        b'"file_sha256":"' + hashlib.sha256(FILE).hexdigest().encode() + b'",'
        b'"login":"\\u0430\\u043d\\u043d\\u0430",'
        b'"received_at":"2027-02-14T20:59:00.000001Z",'
        b'"submission":"7b0c2a52-3f4e-4c58-9d0a-0a8f6c9f1c11","version":1}'
    )


def test_the_key_is_hkdf_of_the_secret():
    extracted = hmac.new(b"\0" * 32, SECRET.encode(), "sha256").digest()
    expanded = hmac.new(extracted, b"grader/receipts/1" + b"\x01", "sha256").digest()
    assert KEY.private_bytes_raw() == expanded
    assert receipts.public_key(receipts.signing_key(SECRET + "!")) != receipts.public_key(KEY)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_another_program_accepts_the_signature(tmp_path):
    signed = receipts.sign(RECEIPT, KEY)
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for name, content in (
        ("key.pem", pem),
        ("message", receipts.signed_bytes(RECEIPT)),
        ("signature", base64.b64decode(signed.signature)),
    ):
        (tmp_path / name).write_bytes(content)
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in message -sigfile signature"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verified Successfully" in done.stdout, done.stderr


def test_a_receipt_goes_through_json_unchanged_and_is_genuine():
    signed = receipts.from_json(json.loads(json.dumps(receipts.to_json(receipts.sign(RECEIPT, KEY)))))
    assert signed.receipt == RECEIPT
    assert receipts.genuine(signed, receipts.public_key(KEY))
    assert receipts.is_of(signed.receipt, FILE)
    assert not receipts.is_of(signed.receipt, FILE + b"\n")
    assert receipts.received_at(RECEIPT) == datetime(2027, 2, 14, 20, 59, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("field", [field.name for field in fields(Receipt)])
def test_every_change_of_a_field_is_noticed(field):
    signed = receipts.sign(RECEIPT, KEY)
    changed = replace(signed, receipt=replace(RECEIPT, **{field: getattr(RECEIPT, field)[:-1] + "0"}))
    assert not receipts.genuine(changed, receipts.public_key(KEY))


def test_a_receipt_that_brings_its_own_key_is_not_believed():
    forger = receipts.signing_key("somebody else's secret")
    forged = receipts.sign(RECEIPT, forger)
    assert receipts.genuine(forged, forged.key)
    assert not receipts.genuine(forged, receipts.public_key(KEY))


def test_moments_are_told_in_utc():
    local = datetime(2027, 2, 14, 23, 59, 0, 1, tzinfo=timezone(timedelta(hours=3)))
    assert receipts.utc(local) == "2027-02-14T20:59:00.000001Z"


def test_what_is_no_receipt_is_refused_by_name():
    good = receipts.to_json(receipts.sign(RECEIPT, KEY))
    cases = [
        ([], "no receipt"),
        ({**good, "version": 2}, "unknown version"),
        ({**good, "login": 7}, "login"),
        ({**good, "login": "a" * 301}, "login"),
        ({name: value for name, value in good.items() if name != "file_sha256"}, "file_sha256"),
        ({**good, "signature": "AAAA"}, "signature must be 64 bytes"),
        ({**good, "signature": good["signature"][:-4] + "é==="}, "signature must be 64 bytes"),
        ({**good, "key": "not base64"}, "key must be 32 bytes"),
    ]
    for data, told in cases:
        with pytest.raises(BadInput, match=told):
            receipts.from_json(data)
    with pytest.raises(BadInput, match="key must be"):
        receipts.genuine(Signed(RECEIPT, good["key"], good["signature"]), "AAAA")
    assert receipts.fingerprint(good["key"]) == hashlib.sha256(base64.b64decode(good["key"])).hexdigest()[:16]
