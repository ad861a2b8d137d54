internal import LatentData
internal import LatentModels

/// A box of the network: a variable, a block of columns, or many variables that are alike.
struct DrawnVertex {
  enum Kind {
    case variable
    case block
    /// Variables without children that have the same parents and states.
    case plate
  }

  let kind: Kind
  let name: String
  /// The variables, in the order of the model.
  let members: [VariableID]

  /// How many variables must be alike to share a box.
  static let plateSize = 41

  /// The boxes of some variables.
  ///
  /// - apart: variables that get a box of their own whatever the others are.
  static func all(of model: Model, among shown: [VariableID], apart: Set<VariableID>) -> [DrawnVertex] {
    var vertices: [DrawnVertex] = []
    var plates: [PlateKey: Int] = [:]
    var counts: [PlateKey: Int] = [:]
    func plate(_ id: VariableID) -> PlateKey? { apart.contains(id) ? nil : PlateKey(id, of: model) }
    for id in shown { if let key = plate(id) { counts[key, default: 0] += 1 } }
    var blocks = Set<String>()
    for id in shown {
      let family = model.structure.family(of: id)
      if model.structure.isBlock(family) {
        guard blocks.insert(family.name).inserted else { continue }
        vertices.append(DrawnVertex(kind: .block, name: family.name, members: family.children))
      } else if let key = plate(id), counts[key, default: 0] >= plateSize {
        if let index = plates[key] {
          vertices[index] = vertices[index].adding(id, model.schema)
        } else {
          plates[key] = vertices.count
          vertices.append(DrawnVertex(kind: .plate, name: model.schema[id].name, members: [id]))
        }
      } else {
        vertices.append(DrawnVertex(kind: .variable, name: model.schema[id].name, members: [id]))
      }
    }
    return vertices
  }

  private func adding(_ id: VariableID, _ schema: Schema) -> DrawnVertex {
    let members = members + [id]
    return DrawnVertex(
      kind: .plate, name: "\(members.count) variables from \(schema[members[0]].name)", members: members)
  }

  /// What stands at the top of the box.
  var title: String { kind == .plate ? "\(members.count) variables" : name }

  /// `item1 … item250`.
  func range(in schema: Schema) -> String {
    let ends = [members[0], members[members.count - 1]].map { id in
      TextWidth.fitted(schema[id].name.line, to: Self.widestEnd, size: CardMetrics.stateSize)
    }
    return ends.joined(separator: " … ")
  }

  private static let widestEnd = 90.0
}

/// What variables of one plate have in common.
private struct PlateKey: Hashable {
  let parents: [VariableID]
  let states: [String]

  /// Nil for variables that cannot share a box: those with children, and numbers.
  init?(_ id: VariableID, of model: Model) {
    guard model.schema[id].isCategorical, model.structure.graph.children[id.index].isEmpty else { return nil }
    parents = model.structure.family(of: id).parents
    states = model.schema[id].states
  }
}
