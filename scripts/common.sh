# Shared by ./run and ./test: find Python and keep the project's own .venv up to date.
# POSIX sh, to be sourced; `root` (the project's folder) must be set.
# shellcheck shell=sh

venv=$root/.venv

# The stamp is a copy of the lock file it was installed from: comparing needs no
# checksum tool, and an interrupted install has left no stamp, so it is tried again.
is_installed() { # part
    [ -x "$venv/bin/python" ] && [ -x "$venv/bin/youthvoice" ] &&
        cmp -s "$root/requirements/$1.txt" "$venv/installed-$1.txt"
}

say() { printf '%s\n' "$@" >&2; }

# Sets `python` to the first interpreter that is new enough and can make a venv.
# Each is run, not only looked up: a version manager's shim may exist without its Python.
find_python() {
    old=
    bare=
    for python in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14; do
        command -v "$python" >/dev/null 2>&1 || continue
        "$python" -c '' >/dev/null 2>&1 || continue
        if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            old=$python
        elif "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            return 0
        else
            bare=$python
        fi
    done
    if [ -n "$bare" ]; then
        say "$bare 缺少 venv 模块。请先安装（Debian/Ubuntu：apt install python3-venv），再运行一次。" \
            "$bare lacks the venv module. Install it (Debian/Ubuntu: apt install python3-venv) and run this again."
    elif [ -n "$old" ]; then
        say "需要 Python 3.11 或更新的版本，这里只有 $("$old" --version 2>&1)。请安装 python3.11 以上（含 venv），再运行一次。" \
            "Python 3.11 or newer is needed, and there is only $("$old" --version 2>&1). Install python3.11 or newer (with venv) and run this again."
    else
        say "没有找到 Python。请安装 Python 3.11 或更新的版本（含 venv），再运行一次。" \
            "No Python was found. Install Python 3.11 or newer (with venv) and run this again."
    fi
    return 1
}

# The launcher and the .pth file stand in for `pip install -e .`, which would need a
# build backend from an index. Both are relative, so a moved project only needs a new start.
write_launcher() {
    packages=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))') &&
        printf '%s\n' '../../../..' >"$packages/youthvoice.pth" &&
        cat >"$venv/bin/youthvoice.new" <<'LAUNCHER' &&
#!/bin/sh
# Written by scripts/common.sh: the project's own command.
self=$(readlink -f -- "$0") && exec "${self%/*}/python" -P -m youthvoice "$@"
LAUNCHER
        chmod +x "$venv/bin/youthvoice.new" &&
        mv "$venv/bin/youthvoice.new" "$venv/bin/youthvoice"
}

# Install requirements/PART.txt for each PART that has changed since the last time.
# Needs `python` (find_python). Two starts at once wait for each other where flock exists.
install() { # part...
    (
        if command -v flock >/dev/null 2>&1; then flock 9; fi
        if ! "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            rm -rf "$venv"
            "$python" -m venv "$venv" || {
                say "无法在 $venv 建立 Python 环境（原因见上）。" "The Python environment in $venv could not be made (the reason is above)."
                exit 1
            }
        fi
        for part in "$@"; do
            is_installed "$part" && continue
            if ! cmp -s "$root/requirements/$part.txt" "$venv/installed-$part.txt"; then
                say "正在安装 requirements/$part.txt …… / Installing requirements/$part.txt …"
                # -qq: errors only; what a mirror warns about helps nobody here. --no-deps: the
                # lock is whole, and older pips, resolving a dependency with an extra
                # (coverage[toml]), take a release newer than the locked one and then miss its hash.
                "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
                    --no-deps --require-hashes -r "$root/requirements/$part.txt" || {
                    say "安装依赖没有成功（原因见上）；检查网络后再运行一次即可继续。" \
                        "Installing did not succeed (the reason is above); check the network and run this again."
                    exit 1
                }
                cp "$root/requirements/$part.txt" "$venv/installed-$part.new"
                mv "$venv/installed-$part.new" "$venv/installed-$part.txt"
            fi
            write_launcher || exit 1
        done
    ) 9>"$root/.venv.lock"
}
