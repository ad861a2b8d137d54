internal import LatentData

/// What keeps missing cells of a variable from being a state of it.
public enum MissingStateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A name that no variable has.
  case unknownVariable(String)
  /// A variable of numbers.
  case numbers(String)
  /// A variable whose states are intervals of numbers.
  case intervals(String)
  /// A latent variable, or an indicator.
  case neverMissing(String)
  /// A variable with a state of that name.
  case taken(String)
  /// A variable whose parameters, or those of a child, are fixed and would not fit.
  case fixed(String)
  /// The variable cannot have one more state, or the tables would be too large, and the reason.
  case tooLarge(String)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .unknownVariable(let name): "'\(name)' is not a variable of the model; correct the name"
    case .numbers(let name): "\(name) has numbers, and a missing cell is none of them; cut them into states"
    case .intervals(let name): "\(name) has intervals of numbers as states, one for each; list its states instead"
    case .neverMissing(let name): "\(name) is latent or an indicator, which has no missing cells; name another variable"
    case .taken(let name): "\(name) has a state 'missing' already; rename it"
    case .fixed(let name): "\(name) is fixed, and its parameters would not fit; leave 'fixed' out"
    case .tooLarge(let reason): reason
    }
  }
}

extension Model {
  /// The name of the state that missing cells are.
  public static var missingState: String { "missing" }

  /// The model in which missing cells of these variables are a state of their own, the last: it tells how those rows
  /// differ from others, and says nothing about what the cells would have held. Their parameters and those of their
  /// children are to be learned anew.
  ///
  /// - Throws: for the first variable that cannot have such a state.
  public func withMissingAsState(of names: [String]) throws(MissingStateError) -> Model {
    var variables = schema.variables
    var changed = Set<VariableID>()
    let derived = Set(indicators.map(\.id))
    for name in names {
      guard let id = schema[name] else { throw .unknownVariable(name) }
      guard schema[id].isCategorical else { throw .numbers(name) }
      guard codebook.cuts[name] == nil else { throw .intervals(name) }
      guard !latent.contains(id), !derived.contains(id) else { throw .neverMissing(name) }
      guard !schema[id].states.contains(Self.missingState) else { throw .taken(name) }
      do { variables[id.index] = try Variable(name: name, states: schema[id].states + [Self.missingState]) } catch {
        throw .tooLarge(error.description)
      }
      changed.insert(id)
    }
    let kept = structure.families.map {
      changed.isDisjoint(with: $0.children) && changed.isDisjoint(with: $0.parents) && changed.isDisjoint(with: $0.lags)
    }
    for (family, isKept) in zip(structure.families, kept) where !isKept {
      if fixed.contains(family.child) || fixedMeans.contains(family.child) { throw .fixed(family.name) }
    }
    do {
      let larger = try NetworkStructure(
        schema: Schema(variables), parents: structure.graph.parents, blocks: structure.blocks,
        dynamics: structure.dynamics)
      return try Model(
        name: name, structure: larger, latent: latent, fixed: fixed, fixedMeans: fixedMeans,
        parameters: zip(parameters, kept).map { $1 ? $0 : nil }, codebook: codebook.withMissingStates(of: names))
    } catch let error as StructureError {
      throw .tooLarge(error.description)
    } catch {
      preconditionFailure("what is kept was part of a model: \(error)")
    }
  }
}
