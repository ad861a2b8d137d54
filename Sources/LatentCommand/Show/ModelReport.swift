internal import Latent

/// A model as a document for programs: every table as nested lists, parents in order and the variable's states innermost.
struct ModelReport {
  let json: JSONValue

  init(_ model: Model, _ shown: [VariableID]) {
    let unseen = model.unseenConfigurations
    json = [
      "name": model.name.isEmpty ? nil : .text(model.name),
      "variables": .list(
        Self.families(of: model, shown).map { Self.entry($0, of: model, unseen: unseen[$0.child] ?? []) }),
      "edges": .integer(model.edgeCount),
      "parameters": .integer(model.structure.parameterCount),
      "free_parameters": .integer(model.freeParameterCount(zeros: .parameters)),
    ]
  }

  /// The families of the variables, a block of columns once.
  private static func families(of model: Model, _ shown: [VariableID]) -> [Family] {
    let families = shown.map { model.structure.familyIndex(of: $0) }
    return families.indices.filter { families.firstIndex(of: families[$0]) == $0 }
      .map { model.structure.families[families[$0]] }
  }

  /// - unseen: the configurations of the parents for which there are no data.
  private static func entry(_ family: Family, of model: Model, unseen: [Int]) -> JSONValue {
    let schema = model.schema
    let lengths = family.parents.map { schema[$0].cardinality }
    let cells = model.table(of: family.child)?.cells
    var members: [String: JSONValue?] = [
      "name": .text(family.name), "parents": .texts(family.parents.map { schema[$0].name }),
      "latent": .flag(model.latent.contains(family.child)), "fixed": .flag(model.fixed.contains(family.child)),
    ]
    if !unseen.isEmpty {
      members["unseen"] = .list(
        unseen.map { configuration in
          let codes = model.structure.parentStates(of: family.child, configuration: configuration)
          return .texts(zip(family.parents + family.lags, codes).map { schema[$0].states[Int($1)] })
        })
    }
    /// Some numbers of every row, `rest` the lengths of their axes.
    func nested(_ positions: [Int], _ rest: [Int]) -> JSONValue? {
      cells.map { cells in
        let values = stride(from: 0, to: cells.count, by: family.width).flatMap { row in
          positions.map { cells[row + $0] }
        }
        return .table(values[...], lengths: (lengths + rest)[...])
      }
    }
    switch family.law {
    case .table:
      let states = schema[family.child].states
      members["states"] = .texts(states)
      if family.lags.isEmpty {
        members["probabilities"] = nested(Array(states.indices), [states.count])
      } else {
        let later = lengths + family.lags.map { schema[$0].cardinality } + [states.count]
        let first = family.initialParameters.count
        members["previous"] = .texts(family.lags.map { schema[$0].name })
        members["first_step"] = .text(model.structure.dynamics.initial(of: family.child).rawValue)
        members["initial"] = cells.map { .table($0[..<first], lengths: (lengths + [states.count])[...]) }
        members["transition"] = cells.map { .table($0[first...], lengths: later[...]) }
      }
    case .poisson:
      members["type"] = .text("poisson")
      members["rate"] = nested([0], [])
    case .gaussian(let covariance):
      members["type"] = .text("gaussian")
      let count = family.children.count
      guard schema[family.name] == nil else {
        members["mean"] = nested([0], [])
        members["variance"] = nested([1], [])
        break
      }
      members["columns"] = .texts(family.children.map { schema[$0].name })
      members["covariance_type"] = .text(covariance.rawValue)
      members["mean"] = nested(Array(0..<count), [count])
      let matrix = (0..<count).flatMap { row in
        (0..<count).map { count + max(row, $0) * (max(row, $0) + 1) / 2 + min(row, $0) }
      }
      members["covariance"] = nested(matrix, [count, count])
    }
    return .object(members.compactMapValues { $0 })
  }
}
