# Makes the Python environment of the peers and builds latent; sourced by `run` and `formats`, which then have $latent.
cd "$(dirname "${BASH_SOURCE[0]}")"

if [ ! -x .venv/bin/python ]; then
  "${PYTHON:-python3}" -m venv .venv
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt

swift build --package-path ../.. -c release --static-swift-stdlib --product latent
latent=$(swift build --package-path ../.. -c release --static-swift-stdlib --show-bin-path)/latent
