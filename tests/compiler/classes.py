# A class body is a function over a namespace.
class Point(Base, keyword=1):
    """A point."""
    x = 0
    __private = x

    def __init__(self, x):
        self.x = x
        self.__y = Point.__private

    def show(self):
        return __class__, super().show()

def make(outer):
    class Inner:
        seen = outer
        outer = [outer for _ in 'ab']
    return Inner
