internal import LatentData
