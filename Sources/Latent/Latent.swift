@_exported public import LatentData
@_exported public import LatentDrawing
@_exported public import LatentFormats
@_exported public import LatentInference
@_exported public import LatentLearning
@_exported public import LatentModels

@_exported public import struct LatentKernels.SplitMix64
