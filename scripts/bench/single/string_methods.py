"""Methods of strings: split, strip, replace, find, startswith, upper, partition, count."""


def main():
    total = 0
    text = "  key = some value ; other=1;third = A longer Value # remark\n"
    for i in range(500000):
        line = text.strip()
        body, _, remark = line.partition("#")
        fields = body.split(";")
        for field in fields:
            name, value = field.split("=")
            name = name.strip().lower()
            if name.startswith("th"):
                total += value.count("l")
            total += len(value.replace(" ", "_"))
        if remark.find("mark") >= 0:
            total += remark.upper().isupper()
        total += "".join(fields).endswith(" ")
    print("checksum", total)


main()
