"""N-body: five planets as lists of floats, pairwise forces, symplectic steps."""


def advance(bodies, pairs, dt, steps):
    for _ in range(steps):
        for a, b in pairs:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            mag = dt * (dx * dx + dy * dy + dz * dz) ** -1.5
            am = a[6] * mag
            bm = b[6] * mag
            a[3] -= dx * bm
            a[4] -= dy * bm
            a[5] -= dz * bm
            b[3] += dx * am
            b[4] += dy * am
            b[5] += dz * am
        for body in bodies:
            body[0] += dt * body[3]
            body[1] += dt * body[4]
            body[2] += dt * body[5]


def energy(bodies, pairs):
    e = 0.0
    for a, b in pairs:
        dx = a[0] - b[0]
        dy = a[1] - b[1]
        dz = a[2] - b[2]
        e -= a[6] * b[6] / (dx * dx + dy * dy + dz * dz) ** 0.5
    for body in bodies:
        e += body[6] * (body[3] ** 2 + body[4] ** 2 + body[5] ** 2) / 2.0
    return e


def main():
    bodies = [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.47841760435743],
        [4.84143144246472, -1.16032004402743, -0.10362204447112,
         0.60632639299583, 2.81198684491626, -0.02521836165989, 0.03769367487038],
        [8.34336671824458, 4.12479856412430, -0.40352341711432,
         -1.01077434617879, 1.82566237123041, 0.00841576137658, 0.01128632613196],
        [12.89436956213913, -15.11115140169863, -0.22330757889266,
         1.08279100644154, 0.86871301816960, -0.01083263740136, 0.00172372405705],
        [15.37969711485092, -25.91931460998796, 0.17925877295037,
         0.97909073224390, 0.59469899864767, -0.03475595555076, 0.00203368686992],
    ]
    pairs = []
    for i in range(5):
        for j in range(i + 1, 5):
            pairs.append((bodies[i], bodies[j]))
    before = energy(bodies, pairs)
    advance(bodies, pairs, 0.01, 120000)
    print("checksum %.9f %.9f" % (before, energy(bodies, pairs)))


main()
