internal import LatentData
internal import LatentModels

/// What a document says of sequences: their columns, and how their variables begin.
struct NativeDynamics {
  private let source: SourceText
  private var initial: [VariableID: InitialDistribution] = [:]
  private var places: [String: SourceText.Place] = [:]
  private var sequence: SequenceColumns?

  init(_ source: SourceText) { self.source = source }

  /// What goes from one step to the next, with these edges.
  func dynamics(_ lags: [VariableID: [VariableID]]) -> Dynamics {
    Dynamics(lags: lags, initial: initial, sequence: sequence)
  }

  /// Where it is said how a variable begins.
  func place(of variable: String) -> SourceText.Place? { places[variable] }

  /// Reads how a variable begins.
  mutating func readInitial(_ fields: NativeFields, of id: VariableID, _ name: String) throws(FileError) {
    guard let node = fields["initial"] else { return }
    guard case .scalar(let scalar) = node.content, let found = InitialDistribution(rawValue: scalar.text) else {
      let names = InitialDistribution.allCases.map(\.rawValue).joined(separator: ", ")
      throw source.error(
        at: node.place, "the initial distribution of \(name) is \(node.kind); expected one of \(names)")
    }
    initial[id] = found
    places[name] = fields.keyPlace("initial")
  }

  /// Reads which columns make sequences.
  mutating func readSequence(_ fields: NativeFields, _ schema: Schema) throws(FileError) {
    guard let node = fields["sequence"] else { return }
    let columns = try NativeFields(node, known: ["by", "order"], of: "the columns of sequences", source)
    sequence = SequenceColumns(by: try column("by", columns, schema), order: try column("order", columns, schema))
  }

  private func column(_ key: String, _ fields: NativeFields, _ schema: Schema) throws(FileError) -> String? {
    guard let node = fields[key] else { return nil }
    guard case .scalar(let scalar) = node.content else {
      throw source.error(at: node.place, "found \(node.kind), expected the name of a column for '\(key)'")
    }
    guard schema[scalar.text] == nil else {
      throw source.error(
        at: node.place,
        "the column \(scalar.text) is a variable of the model and cannot also make sequences; name a column of its own")
    }
    return scalar.text
  }
}
