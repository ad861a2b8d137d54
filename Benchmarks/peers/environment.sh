# Makes the Python environment of the peers and builds latent; sourced by `run` and `formats`, which then have $latent.
source "$(dirname "${BASH_SOURCE[0]}")/python.sh"

swift build --package-path ../.. -c release --static-swift-stdlib --product latent
latent=$(swift build --package-path ../.. -c release --static-swift-stdlib --show-bin-path)/latent
