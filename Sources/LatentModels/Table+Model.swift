public import LatentData

extension Table {
  /// Creates a table for a model from its columns by name; every row has weight 1.
  ///
  /// ```swift
  /// let table = try Table(["smoke": ["yes", nil, "no"], "bmi": [21.5, nil, 30]], for: model)
  /// ```
  ///
  /// A variable that is not named has no column: all its cells are missing, as those of a latent variable. Indicators of
  /// missing cells get theirs from the columns that they tell of. Arrays of
  /// optionals become columns by `ColumnValues.labels(_:)` and `ColumnValues.numbers(_:)`.
  ///
  /// - Throws: when a name is not that of a variable, a cell holds what its variable cannot, or columns differ in
  ///   length. Linear in the cells.
  public init(_ columns: [String: ColumnValues], for model: Model) throws(TableError) {
    self = try Table(columns, schema: model.schema).recordingMissingness(of: model.codebook)
  }

  /// Creates a table for a model from its columns by name, and one weight per row.
  ///
  /// - Throws: also when there is not one cell per weight, or a weight is negative or not finite.
  public init(_ columns: [String: ColumnValues], weights: [Double], for model: Model) throws(TableError) {
    self = try Table(columns, weights: weights, schema: model.schema).recordingMissingness(of: model.codebook)
  }
}
