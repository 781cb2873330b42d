"""No key or password lies in the tree.

Only forms that are unmistakable, so that nothing needs to be excused; ruff looks for
passwords that are given to names. The house makes its own keys in the data folder.
"""

import os
import re
from pathlib import Path

import pytest

from tests.architecture import tree

KEYS = {
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "age key": r"AGE-SECRET-KEY-1[0-9A-Z]{58}",
    "AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "Alibaba Cloud": r"\bLTAI[0-9A-Za-z]{12,24}\b",
    "Tencent Cloud": r"\bAKID[0-9A-Za-z]{32}\b",
    "GitHub": r"\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_\w{22,})\b",
    "GitLab": r"\bglpat-[\w-]{20,}",
    "Slack": r"\bxox[abprs]-[0-9A-Za-z-]{10,}",
    "Google": r"\bAIza[\w-]{35}",
    "key with the prefix sk": r"\bsk[-_](?:live_|ant-|proj-)?[0-9A-Za-z]{24,}",
    "JWT": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    # Long and without a gap or a word of ours, given to a name that says what it is.
    "given to a name": r"(?i)(?:secret|token|password|api_?key)\w*[\"']?\s*[:=]\s*[\"']"
    r"(?=[^\"']*\d)(?=[^\"']*[a-z])[0-9a-z+/_=-]{32,}[\"']",
    # A password for this machine, or for one that doesn't exist, is an example, and so is the
    # word itself.
    "in an address": r"\b[a-z][a-z0-9+]*://[^\s:/@\"'`{}$<>…]*:(?!password@)[^\s:/@\"'`{}$<>…]{8,}"
    r"@(?!127\.|localhost|[\w.-]*example)",
}


def test_no_secret_lies_in_the_tree():
    assert [
        f"{tree.name(path)}:{number}: {kind}"
        for path in tree.files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for kind, pattern in KEYS.items()
        if re.search(pattern, line)
    ] == []


def test_no_file_of_keys_or_settings_lies_in_the_tree():
    ending = {".pem", ".key", ".p12", ".pfx", ".env", ".sqlite3", ".dump"}

    found = []
    for folder, folders, names in os.walk(tree.ROOT):
        folders[:] = [name for name in folders if name not in {"var", ".venv", ".git"}]
        paths = [Path(folder, name) for name in (*names, *folders)]
        found += [
            tree.name(path)
            for path in paths
            if path.suffix in ending or path.name in {".env", "id_rsa", "id_ed25519"}
        ]

    assert found == []


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        # Put together here, so that this file does not hold what it looks for.
        ("private key", "-----BEGIN " + "RSA PRIVATE KEY-----"),
        ("private key", "-----BEGIN " + "PRIVATE KEY-----"),
        ("AWS", "AKIA" + "ABCDEFGHIJKLMNOP"),
        ("Alibaba Cloud", "LTAI" + "5tABCDEFGHIJKLMNOPQRST"),
        ("GitHub", "ghp_" + "a1" * 18),
        ("key with the prefix sk", "sk-" + "a1" * 16),
        ("JWT", "eyJhbGciOiJIUzI1." + "eyJzdWIiOiIxMjM0." + "SflKxwRJSMeKKF2"),
        ("given to a name", "SMS_TOKEN = '" + "0a1b2c3d" * 4 + "'"),
        ("in an address", "postgresql://yv:" + "hunter2hunter2@db/yv"),
    ],
)
def test_each_kind_would_be_found(kind, line):
    assert re.search(KEYS[kind], line)
