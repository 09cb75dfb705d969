# gilbox: -A
# Modules of the library that do something when they are run with -m; how a parser names a program that is run so.
import os
import pickle
import re
import subprocess
import sys
import tempfile

os.environ["COLUMNS"] = "200"
interpreter = os.path.basename(sys.executable)


def run(*args, text=""):
    done = subprocess.run([sys.executable, *(["-A"] if interpreter != "python3.14" else []), *args], input=text, text=True, capture_output=True)
    print("---", *args, done.returncode)
    for output in (done.stdout, done.stderr):
        output = re.sub(r"in \d+\.\d+s", "in TIME", output).replace(interpreter + " ", "PYTHON ")
        print("\n".join(line for line in output.splitlines() if "frozen" not in line and "/usr/lib" not in line))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.mkdir("package")
    for name in ("module", "__init__", "__main__"):
        with open(f"package/{name}.py", "w") as file:
            file.write("if __name__ == '__main__':\n    import argparse\n    argparse.ArgumentParser().print_usage()\n")
    with open("test_some.py", "w") as file:
        file.write("import unittest\nclass Some(unittest.TestCase):\n    def test_good(self): pass\n"
                   "    def test_other(self): self.assertEqual(1 + 1, 2)\n    @unittest.skip('why')\n    def test_not(self): pass\n"
                   "if __name__ == '__main__': unittest.main()\n")
    with open("data.pickle", "wb") as file:
        pickle.dump({"key": [1, 2]}, file)
    with open("data.bin", "wb") as file:
        file.write(b"some bytes" * 9)
    run("-m", "unittest")
    run("-m", "unittest", "-v")
    run("-m", "unittest", "test_some")
    run("-m", "unittest", "-v", "test_some.Some.test_good", "-q")
    run("-m", "unittest", "test_some.py", "-k", "good")
    run("-m", "unittest", "discover", "-s", ".", "-p", "test_s*.py")
    run("-m", "unittest", "discover", "-p", "none*.py")
    run("-m", "unittest", "-h")
    run("-m", "unittest", "discover", "-h")
    run("test_some.py", "-v")
    run("-m", "package")
    run("-m", "package.module")
    run("package/module.py")
    run("-m", "base64", "-e", "data.bin")
    run("-m", "base64", "-d", text="c29tZQ==\n")
    run("-m", "pickle", "data.pickle")
    run("-m", "pickle", "-h")
    run("-m", "random", "-i", "1")
    run("-m", "random", "-f", "0")
    run("-m", "random", "1")
    run("-m", "random", "-c", "only")
    run("-m", "random", "same same")
    run("-m", "random", "-h")
    run("-m", "json", text='{"b": [1, 2], "a": null}')
    run("-m", "json.tool", "--compact", "--sort-keys", text='{"b": [1, 2], "a": null}')
    run("-m", "platform", "-h")
    os.chdir("/")
