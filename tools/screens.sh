#!/usr/bin/env bash
# Takes the pictures of docs/screens anew: the test that drives the window by keyboard keeps one of each step,
# LibreOffice prints the first page of the merged workbook that it ends with, tools/sizes.py opens the form in
# four states at both ends of type and window, and tools/consolidating.py every page of the consolidator on a round
# with trouble; of these a selection is kept. Needs what `make test` needs, ImageMagick and pdftoppm.
#
#   tools/screens.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(realpath -m "${1:-docs/screens}")
# the paths in the pictures show this place; it must be new, because pytest empties it
place=/tmp/zhibao-round
mkdir "$place"
trap 'rm -rf "$place"' EXIT

small() { # few colours: a window has few, and the pictures stand in the repository
    convert "$1" "${@:3}" +dither -colors 64 -strip "png8:$2"
}

ZHIBAO_SCREENS=$folder .venv/bin/pytest tests/end2end/test_by_hand.py --basetemp="$place/files"
soffice -env:UserInstallation="file://$place/profile" --headless --convert-to pdf --outdir "$place" \
    "$place"/files/*/merged.xlsx >/dev/null
pdftoppm -r 96 -f 1 -l 1 -png -singlefile "$place/merged.pdf" "$place/page"
small "$place/page.png" "$folder/10-merged.png" -trim -bordercolor white -border 12

.venv/bin/python tools/sizes.py "$place/sizes"
mkdir -p "$folder/sizes"
for name in empty-1024x600-200-dark empty-1920x1080-100-light half-1024x600-100-light half-1920x1080-200-dark \
    findings-1024x600-100-dark findings-1920x1080-200-light locked-1024x600-200-light locked-1920x1080-100-dark; do
    small "$place/sizes/$name.png" "$folder/sizes/$name.png"
done

.venv/bin/python tools/consolidating.py "$place/consolidating"
mkdir -p "$folder/consolidating"
for name in board-1024x600-100-light board-1024x600-200-dark board-1920x1080-100-dark conflict-1024x600-100-light \
    conflict-1024x600-200-dark edited-1024x600-100-dark return-1024x600-100-light return-1024x600-200-dark \
    explanations-1920x1080-200-light trace-1024x600-100-dark trace-1024x600-200-light totals-1024x600-150-light; do
    small "$place/consolidating/$name.png" "$folder/consolidating/$name.png"
done
ls -l "$folder" "$folder/sizes" "$folder/consolidating"
