/// What a model says of the cells of its tables: which texts stand for a missing cell, which numbers are cut into states,
/// and which columns are not in files but follow from others.
public struct Codebook: Hashable, Sendable {
  /// Texts that stand for a missing cell in every column, besides the standard ones.
  public var missing: [String]
  /// Such texts for the column of one variable, by its name.
  public var missingByVariable: [String: [String]]
  /// Where the numbers of a column are cut into the states of its variable, by the name of the variable.
  public var cuts: [String: Cuts]
  /// The variables that say whether the cells of others are missing, by their names: the name of the other one. Models
  /// get them by `withIndicators(_:)`.
  public internal(set) var indicators: [String: String] = [:]
  /// The variables, by their names, whose missing cells are their last state. Models get them by
  /// `withMissingAsState(of:)`.
  public internal(set) var missingStates: Set<String> = []

  /// A codebook; it says nothing unless told.
  public init(
    missing: [String] = [], missingByVariable: [String: [String]] = [:], cuts: [String: Cuts] = [:]
  ) {
    self.missing = missing
    self.missingByVariable = missingByVariable
    self.cuts = cuts
  }

  /// Whether it says nothing.
  public var isEmpty: Bool {
    missing.isEmpty && missingByVariable.isEmpty && cuts.isEmpty && indicators.isEmpty
      && missingStates.isEmpty
  }

  /// The code of the state that a cell of a variable stands for: by its label, by the interval that a number lies in, or
  /// by a label that is the same number. Nil where there is none.
  public func code(of cell: String, of variable: Variable) -> StateCode? {
    if let code = variable.code(of: cell) { return code }
    if let cuts = cuts[variable.name] { return NumericLabels.decimal(cell).map(cuts.code) }
    return NumericLabels(variable.states).code(of: cell)
  }
}
