internal import LatentData
internal import LatentModels

/// Which rows of the tables have no data: a map from variables to configurations of their parents, each a list of states
/// in the order of the edges, or to `all`.
struct NativeUnseen {
  /// What stands for every row of a table.
  static let all = "all"

  private let structure: NetworkStructure
  private let source: SourceText

  init(structure: NetworkStructure, source: SourceText) {
    self.structure = structure
    self.source = source
  }

  /// The rows that a document lists.
  ///
  /// - hasParameters: whether a variable has parameters; only then can there be no data for them.
  func read(
    _ node: DocumentNode, hasParameters: (VariableID) -> Bool
  ) throws(FileError) -> Set<UnseenConfiguration> {
    guard case .map(let entries) = node.content else {
      throw source.error(
        at: node.place, "found \(node.kind), expected a map from variables to the rows of their tables without data")
    }
    var unseen: Set<UnseenConfiguration> = []
    for entry in entries {
      let id = try NativeParameters.child(entry, structure, source)
      guard hasParameters(id) else {
        throw source.error(
          at: entry.place,
          "'\(entry.key)' has no parameters, so that there is nothing to say about their data; remove it from 'unseen'")
      }
      for configuration in try configurations(entry.value, of: id) {
        let row = UnseenConfiguration(variable: id, configuration: configuration)
        guard unseen.insert(row).inserted else {
          throw source.error(
            at: entry.value.place, "\(row.description(in: structure)) is listed twice; remove one of the two")
        }
      }
    }
    return unseen
  }

  private func configurations(_ node: DocumentNode, of id: VariableID) throws(FileError) -> [Int] {
    let family = structure.family(of: id)
    switch node.content {
    case .scalar(let scalar) where scalar.text == Self.all: return Array(0..<family.configurations)
    case .scalar, .map:
      throw source.error(
        at: node.place,
        "found \(node.kind), expected a list of configurations of the parents of \(family.name), each a "
          + "list of states, or '\(Self.all)'")
    case .list(let rows):
      var configurations: [Int] = []
      for row in rows { configurations.append(try configuration(row, of: family)) }
      return configurations
    }
  }

  private func configuration(_ node: DocumentNode, of family: Family) throws(FileError) -> Int {
    let parents = (family.parents + family.lags).map { structure.schema[$0] }
    let child = family.name
    guard case .list(let states) = node.content,
      states.count == parents.count || states.count == family.parents.count
    else {
      let expected =
        parents.isEmpty
        ? "'\(Self.all)', since \(child) has no parents"
        : "a list with a state of each parent of \(child) (\(parents.map(\.name).joined(separator: ", ")))"
      throw source.error(at: node.place, "found \(node.kind), expected \(expected)")
    }
    var codes: [StateCode] = []
    for (state, parent) in zip(states, parents) {
      guard case .scalar(let scalar) = state.content, let code = parent.code(of: scalar.text) else {
        throw source.error(
          at: state.place,
          "\(state.kind) is not a state of \(parent.name), a parent of \(child); "
            + "expected one of \(NativeParameters.list(parent.states))")
      }
      codes.append(code)
    }
    return structure.configuration(of: family.child, parentStates: codes)
  }
}

/// The rows without data of one variable as the native document lists them.
struct UnseenRows {
  /// The variable.
  let variable: VariableID
  /// The states of the parents, row by row; nil for all rows.
  let configurations: [[String]]?

  /// What a model marks, variable by variable.
  static func all(in model: Model) -> [UnseenRows] {
    let unseen = model.unseenConfigurations
    return model.structure.families.compactMap { family in
      guard let rows = unseen[family.child] else { return nil }
      let states = rows.map { row in
        zip(
          family.parents + family.lags, model.structure.parentStates(of: family.child, configuration: row)
        ).map {
          model.schema[$0].states[Int($1)]
        }
      }
      return UnseenRows(variable: family.child, configurations: rows.count == family.configurations ? nil : states)
    }
  }
}
