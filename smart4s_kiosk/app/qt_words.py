"""Qt's own dialogs speak the language of the screens, also after a switch."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication


class QtWords:
    """Keep it as long as the application lives."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._translator = QTranslator()

    def speak(self, language: str) -> bool:
        """Qt's words in this language from now on; English is what Qt says by itself. Whether words were found."""
        self._application.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language == "en" or not self._translator.load(f"qtbase_{language}", folder):
            return False
        self._application.installTranslator(self._translator)
        return True
