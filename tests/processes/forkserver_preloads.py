"""Modules named for the fork server change nothing that a program can see; wrong names are refused."""
import multiprocessing

if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    print(context.set_forkserver_preload(["json", "heapq"]))
    multiprocessing.set_forkserver_preload(["json"])
    for wrong in (["json", 1], [None], 5):
        try:
            context.set_forkserver_preload(wrong)
        except TypeError as error:
            print(type(error).__name__, error)
    print(context.get_start_method())
