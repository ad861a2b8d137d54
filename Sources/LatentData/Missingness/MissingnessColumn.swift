/// What a column holds, as far as tests are concerned.
package enum MissingnessContent: Hashable, Sendable {
  /// One of these labels.
  case labels([String])
  /// Numbers; the values of the labels that were numbered before numbers were taken as they are.
  case numbers([Double])
  /// Something that groups no rows: names, identifiers, a constant.
  case other
}

/// A column of a table that is looked at for missing cells.
package struct MissingnessColumn: Hashable, Sendable {
  package let name: String
  package let content: MissingnessContent

  /// A column.
  package init(name: String, content: MissingnessContent) {
    self.name = name
    self.content = content
  }
}

extension MissingnessColumn {
  /// The columns of a table.
  package static func columns(of schema: Schema) -> [MissingnessColumn] {
    schema.variables.map { variable in
      MissingnessColumn(
        name: variable.name, content: variable.isCategorical ? .labels(variable.states) : .numbers([]))
    }
  }
}
