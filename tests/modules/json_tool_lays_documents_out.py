# gilbox: -A
# The command line of json, and of timeit.
import io
import os
import runpy
import sys
import tempfile
import timeit

os.chdir(tempfile.mkdtemp())
for name in ("FORCE_COLOR", "NO_COLOR", "PYTHON_COLORS"):
    os.environ.pop(name, None)


class Kept(io.StringIO):
    kept = ""

    def close(self):
        if not self.closed:
            self.kept = self.getvalue()
        super().close()


def run(*args, text='{"b": [1, {"x": null, "t": true, "s": "a\\"b: \\u00e9", "f": -1.5e10}], "a": {}, "e": [], "n": NaN}', module="json.tool"):
    sys.argv = ["tool", *args]
    # Both are closed by what runs.
    old = sys.stdin, sys.stdout
    sys.stdin, sys.stdout = io.StringIO(text), Kept()
    result = None
    sys.modules.pop("json.tool", None)
    try:
        runpy.run_module(module, run_name="__main__")
    except SystemExit as error:
        result = "exit", type(error.code).__name__, error
    except Exception as error:
        result = type(error).__name__, error
    finally:
        text = sys.stdout.getvalue() if not sys.stdout.closed else sys.stdout.kept
        sys.stdin, sys.stdout = old
    print("==", *args)
    print(ascii(text) if "FORCE_COLOR" in os.environ else text, end="")
    print(result)


run()
run("--sort-keys", "--indent", "1")
run("--compact")
run("--no-indent", "--no-ensure-ascii")
run("--tab", module="json")
run("--json-lines", "--no-indent", text='1\n[2, 3]\n{"a": "b"}\n')
run("--json-lines", text="1\n[2\n")
run(text="")
run(text='{"a": 1,}')
run(text="[1] x")
run("--indent", "0")
run("nothing.json")
with open("in.json", "w") as file:
    file.write('{"b": 1, "a": "é"}')
run("in.json", "out.json")
print(ascii(open("out.json").read()))
run("in.json", "in.json", "--no-ensure-ascii")
print(ascii(open("in.json").read()))
os.environ["FORCE_COLOR"] = "1"
run()
run("--compact", text='["a:b", "c\\\\", -0.5, "1", {"k\\"": [true, false, null, Infinity, -Infinity]}]')
del os.environ["FORCE_COLOR"]

ticks = 0


def clock(timer):
    def tick():
        global ticks
        ticks += 0.2534567
        return ticks
    return tick


for args in (["-v"], ["-vv", "-n", "2"], ["-vvv", "-r", "1"], ["-u", "msec", "-n", "3"], ["-n", "1", "-r", "2"]):
    timeit.main([*args, "pass"], _wrap_timer=clock)
