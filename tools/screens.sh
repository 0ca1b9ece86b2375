#!/usr/bin/env bash
# Takes the pictures of docs/screens anew: the test that drives the window by keyboard keeps one of each step,
# and LibreOffice prints the first page of the merged workbook that it ends with. Needs what `make test` needs,
# ImageMagick and pdftoppm.
#
#   tools/screens.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(realpath -m "${1:-docs/screens}")
# the paths in the pictures show this place; it must be new, because pytest empties it
place=/tmp/zhibao-round
mkdir "$place"
trap 'rm -rf "$place"' EXIT

ZHIBAO_SCREENS=$folder .venv/bin/pytest tests/end2end/test_by_hand.py --basetemp="$place/files"
soffice -env:UserInstallation="file://$place/profile" --headless --convert-to pdf --outdir "$place" \
    "$place"/files/*/merged.xlsx >/dev/null
pdftoppm -r 96 -f 1 -l 1 -png -singlefile "$place/merged.pdf" "$place/page"
convert "$place/page.png" -trim -bordercolor white -border 12 +dither -colors 64 -strip \
    "png8:$folder/10-merged.png"
ls -l "$folder"
