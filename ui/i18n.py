"""Languages of the window: sources are Simplified Chinese, other languages .qm files in resources/i18n.

Widgets use their own `tr`; `translate` is for functions outside of classes. Qt's own texts (standard buttons,
menus of text fields) come from the translation that ships with Qt.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.config import resources_folder

LANGUAGE = "zh_CN"


def translate(context: str, text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate(context, text)


def install(app: QCoreApplication) -> None:
    """Load Qt's Chinese texts, and our own translation where there is one for the language."""
    from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(LANGUAGE))
    folders = {
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        "zhibao": str(resources_folder() / "i18n"),
    }
    for name, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(f"{name}_{LANGUAGE}", folder):
            app.installTranslator(translator)
    # told at once: a box made after this would hear of it later, and take back the words of its buttons
    app.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
