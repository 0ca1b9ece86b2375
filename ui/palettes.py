"""The light and the dark palette: every text on every background has a contrast of at least 4.5:1."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

Role = QPalette.ColorRole
Group = QPalette.ColorGroup

TEXT_ON = (
    (Role.WindowText, Role.Window),
    (Role.Text, Role.Base),
    (Role.Text, Role.AlternateBase),
    (Role.ButtonText, Role.Button),
    (Role.PlaceholderText, Role.Base),
    (Role.HighlightedText, Role.Highlight),
    (Role.ToolTipText, Role.ToolTipBase),
    (Role.Link, Role.Base),
    (Role.Link, Role.Window),
    (Role.LinkVisited, Role.Base),
)
"""Which text stands on which background, in all three groups."""

BACKGROUNDS = (Role.Base, Role.AlternateBase, Role.Window)
"""What the tones of ui.colours stand on."""

_LIGHT = {
    Role.Window: "#f3f4f6",
    Role.WindowText: "#1b1b1b",
    Role.Base: "#ffffff",
    Role.AlternateBase: "#e9ecf0",
    Role.Text: "#1b1b1b",
    Role.PlaceholderText: "#5f6368",
    Role.Button: "#e9ebee",
    Role.ButtonText: "#1b1b1b",
    Role.BrightText: "#ffffff",
    Role.Highlight: "#1f5fa8",
    Role.HighlightedText: "#ffffff",
    Role.ToolTipBase: "#fffbe0",
    Role.ToolTipText: "#1b1b1b",
    Role.Link: "#1f5fa8",
    Role.LinkVisited: "#6b3fa0",
    Role.Light: "#ffffff",
    Role.Midlight: "#f1f2f4",
    Role.Mid: "#b3b7bd",
    Role.Dark: "#8f949b",
    Role.Shadow: "#5f6368",
}
_DARK = {
    Role.Window: "#232529",
    Role.WindowText: "#e8eaed",
    Role.Base: "#17181a",
    Role.AlternateBase: "#2a2c31",
    Role.Text: "#e8eaed",
    Role.PlaceholderText: "#a8adb3",
    Role.Button: "#34373d",
    Role.ButtonText: "#e8eaed",
    Role.BrightText: "#ffffff",
    Role.Highlight: "#2f5f9e",
    Role.HighlightedText: "#ffffff",
    Role.ToolTipBase: "#3a3d42",
    Role.ToolTipText: "#e8eaed",
    Role.Link: "#8ab8f5",
    Role.LinkVisited: "#c9a6f5",
    Role.Light: "#4a4e56",
    Role.Midlight: "#3f434a",
    Role.Mid: "#4a4e56",
    Role.Dark: "#101113",
    Role.Shadow: "#000000",
}
_MUTED = {"light": "#5f6368", "dark": "#a8adb3"}


def palette(*, dark: bool) -> QPalette:
    """The palette of a theme. What is disabled is muted, but still to be read."""
    colours = _DARK if dark else _LIGHT
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    muted = QColor(_MUTED["dark" if dark else "light"])
    for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.PlaceholderText):
        made.setColor(Group.Disabled, role, muted)
    made.setColor(Group.Disabled, Role.Base, QColor(colours[Role.AlternateBase]))
    # Qt may answer for roles that nobody set from the system's own palette: derive them from ours
    made.setColor(Role.Accent, QColor(colours[Role.Highlight]))
    made.setColor(Group.Inactive, Role.Highlight, QColor(colours[Role.Highlight]))
    return made


OUTLINED = (
    *("QCheckBox", "QRadioButton", "QComboBox", "QAbstractSpinBox"),
    *("QListView", "QLineEdit", "QPlainTextEdit"),
)
"""Classes whose boxes and frames Fusion draws by their Window colour, a good deal darker. Nothing else of
them has that colour.
"""

_OUTLINE = {"light": "#bcc0c6", "dark": "#9aa1aa"}


def outlined(*, dark: bool) -> QPalette:
    """The palette for these classes: with the usual one nobody would see an empty box in the dark."""
    made = palette(dark=dark)
    made.setColor(Role.Window, QColor(_OUTLINE["dark" if dark else "light"]))
    return made
