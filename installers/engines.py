"""Sets up the optional engines, each in a virtual environment of its own (`make engines`). Standard library only.

PaddleOCR runs on the two models that the rapidocr wheel already brings: they are copied beside a description that
is written from their own metadata, so nothing is downloaded but the packages.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PADDLE = ROOT / ".venv-paddleocr"
PADDLE_PACKAGES = ("paddleocr==3.7.0", "paddlex==3.7.2", "onnxruntime==1.31.1")
MODELS = {"text-detection": "PP-OCRv6_small_det", "text-recognition": "PP-OCRv6_small_rec"}

WHERE_MODELS_LIE = """
import sys
from smart4s_kiosk.vision.models import ModelStore
print(ModelStore().get(sys.argv[1]).path)
"""

DESCRIBE = """
import sys
from pathlib import Path
import onnxruntime, yaml
for folder in map(Path, sys.argv[1:]):
    meta = onnxruntime.InferenceSession(str(folder / "inference.onnx")).get_modelmeta().custom_metadata_map
    if "character" in meta:
        steps = [{"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                 {"RecResizeImg": {"image_shape": [3, 48, 320]}}]
        after = {"name": "CTCLabelDecode", "character_dict": meta["character"].splitlines()}
    else:
        steps = [{"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                 {"DetResizeForTest": {"resize_long": 960}},
                 {"NormalizeImage": {"mean": [0.5] * 3, "std": [0.5] * 3, "scale": "1./255.", "order": "hwc"}},
                 {"ToCHWImage": None}]
        after = {"name": "DBPostProcess", "thresh": 0.3, "box_thresh": 0.5, "max_candidates": 1000,
                 "unclip_ratio": 1.6, "use_dilation": True}
    description = {"Global": {"model_name": folder.name}, "PreProcess": {"transform_ops": steps}, "PostProcess": after}
    (folder / "inference.yml").write_text(yaml.safe_dump(description, allow_unicode=True), encoding="utf-8")
"""


def python_of(environment: Path) -> str:
    """The interpreter of an environment."""
    return str(environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def set_up_paddleocr() -> None:
    """Environment, packages, model folders; repeating it repairs what is missing."""
    main_python = python_of(ROOT / ".venv")
    if not Path(main_python).exists():
        sys.exit("run `make setup` first")
    if not Path(python_of(PADDLE)).exists():
        venv.create(PADDLE, with_pip=True)
    subprocess.run([python_of(PADDLE), "-m", "pip", "install", "--quiet", *PADDLE_PACKAGES], check=True)
    folders = []
    for name, place in MODELS.items():
        found = subprocess.run(
            [main_python, "-c", WHERE_MODELS_LIE, name], cwd=ROOT, check=True, capture_output=True, text=True
        )
        folder = PADDLE / "models" / place
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found.stdout.strip(), folder / "inference.onnx")
        folders.append(str(folder))
    subprocess.run([python_of(PADDLE), "-c", DESCRIBE, *folders], check=True)
    print(f"PaddleOCR is ready in {PADDLE.name}")


if __name__ == "__main__":
    set_up_paddleocr()
