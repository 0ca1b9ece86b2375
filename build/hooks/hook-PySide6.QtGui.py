"""Replaces PyInstaller's own hook: the same collection, less what this program never loads.

A plugin has to go before the libraries it links to are looked for: libqgtk3 alone would bring GTK of
the machine that freezes, which then fights with that of the machine that runs.
"""

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

UNWANTED = (
    "egldeviceintegrations",
    "libqeglfs",
    "libqevdev",
    "libqgtk3",
    "libqlinuxfb",
    "libqminimalegl",
    "libqpdf",
    "libqtuiotouch",
    "libqtvirtualkeyboard",
    "libqvkkhrdisplay",
    "libqvnc",
)

hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
binaries = [pair for pair in binaries if not any(name in pair[0].replace("\\", "/") for name in UNWANTED)]
