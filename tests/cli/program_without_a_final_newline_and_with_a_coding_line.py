# -*- coding: utf-8 -*-
print("ünïcödé")