internal import LatentData
internal import LatentModels

/// Which zeros of a model file are part of its structure.
public enum ZeroPolicy: Hashable, Sendable {
  /// A zero is a parameter like any other: EM keeps it, a prior or a random start lifts it.
  case parameters
  /// The zeros of the file stay under priors and random starts, and are not free parameters.
  case structural
}

extension Model {
  /// Whether a cell is a zero of the file that stays.
  func isStructuralZero(_ id: VariableID, _ cell: Int, _ zeros: ZeroPolicy) -> Bool {
    zeros == .structural && schema[id].isCategorical && parameters[structure.familyIndex(of: id)]?[cell] == 0
  }
}
