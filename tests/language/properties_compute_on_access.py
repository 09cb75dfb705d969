"""`property` with getter, setter, deleter; subclasses extend them."""


class Celsius:
    def __init__(self, degrees):
        self._degrees = degrees

    @property
    def degrees(self):
        """Degrees of Celsius."""
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < -273:
            raise ValueError("too cold")
        self._degrees = value

    @degrees.deleter
    def degrees(self):
        print("deleted")
        self._degrees = 0

    @property
    def fahrenheit(self):
        return self._degrees * 9 / 5 + 32


t = Celsius(100)
print(t.degrees, t.fahrenheit)
t.degrees = 20
print(t.degrees, t.fahrenheit)
del t.degrees
print(t.degrees, Celsius.degrees.__doc__)
try:
    t.degrees = -300
except ValueError as error:
    print(error)
for action in ("t.fahrenheit = 1", "del t.fahrenheit"):
    try:
        exec(action)
    except AttributeError as error:
        print(error)


class Kelvin(Celsius):
    @Celsius.degrees.getter
    def degrees(self):
        return self._degrees + 273


print(Kelvin(0).degrees)
old_style = property(lambda self: "got", lambda self, v: print("set", v))


class Old:
    x = old_style


o = Old()
print(o.x)
o.x = 3
print(type(Old.x).__name__)
