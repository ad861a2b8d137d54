package import LatentData

/// What stands in the way of a model of another size or shape.
package enum VariationError: Error, Hashable, CustomStringConvertible {
  /// Not one latent variable without parents, but none, or these.
  case latentRoots([String])
  /// No block of columns whose covariance could be another one.
  case noBlock
  /// Parameters that are not learned and that would have no place.
  case fixed(String)
  /// So many states cannot be told apart.
  case states(SchemaError)
  /// The tables would be too large.
  case structure(StructureError)

  /// The error in one sentence, with a remedy.
  package var description: String {
    switch self {
    case .latentRoots([]):
      "there is no latent variable without parents, whose number of states could be varied; mark one 'latent: true'"
    case .latentRoots(let names):
      "there are \(names.count) latent variables without parents (\(names.joined(separator: ", "))), but the number of "
        + "states of exactly one is varied; keep one of them, or compare several files"
    case .noBlock:
      "there is no block of columns, whose covariance could be varied; put the columns in a block"
    case .fixed(let name):
      "\(name) is fixed, and its parameters would not fit; leave 'fixed' out, or compare several files"
    case .states(let error): error.description
    case .structure(let error): error.description
    }
  }
}

extension Model {
  /// The latent variables without parents, in schema order.
  package var latentRoots: [VariableID] { latent.sorted().filter { structure.family(of: $0).parents.isEmpty } }

  /// The same model with so many states, named 1, 2, and so on, of its one latent root, and this covariance of its blocks;
  /// what is nil stays. It has no parameters but those of other families that are fixed.
  package func varied(states count: Int?, covariance: Covariance?) throws(VariationError) -> Model {
    let root = try count.map { (_) throws(VariationError) in try latentRoot() }
    let isVaried = structure.families.map { family in
      root.map { family.children.contains($0) || family.parents.contains($0) } ?? false
        || covariance != nil && structure.isBlock(family)
    }
    if covariance != nil, !structure.families.contains(where: { structure.isBlock($0) }) { throw .noBlock }
    func isFixed(_ family: Family) -> Bool { fixed.contains(family.child) || fixedMeans.contains(family.child) }
    for (family, isVaried) in zip(structure.families, isVaried) where isVaried && isFixed(family) {
      throw .fixed(family.name)
    }
    let varied = try variedStructure(root, states: count, covariance)
    do {
      return try Model(
        name: name, structure: varied, latent: latent, fixed: fixed, fixedMeans: fixedMeans,
        parameters: zip(structure.families, parameters).map { isFixed($0) ? $1 : nil }, codebook: codebook)
    } catch {
      preconditionFailure("what is kept was part of a model: \(error)")
    }
  }

  private func latentRoot() throws(VariationError) -> VariableID {
    let roots = latentRoots
    guard roots.count == 1 else { throw .latentRoots(roots.map { schema[$0].name }) }
    return roots[0]
  }

  private func variedStructure(
    _ root: VariableID?, states count: Int?, _ covariance: Covariance?
  ) throws(VariationError) -> NetworkStructure {
    var variables = schema.variables
    let schema: Schema
    do {
      if let root, let count {
        let states = (0..<min(count, Variable.maximumStates + 1)).map { "\($0 + 1)" }
        variables[root.index] = try Variable(name: variables[root.index].name, states: states)
      }
      schema = try Schema(variables)
    } catch {
      throw .states(error)
    }
    let blocks = structure.families.compactMap { family -> Block? in
      guard case .gaussian(let own) = family.law, structure.isBlock(family) else { return nil }
      return Block(name: family.name, columns: family.children, covariance: covariance ?? own)
    }
    do {
      return try NetworkStructure(schema: schema, parents: structure.graph.parents, blocks: blocks)
    } catch {
      throw .structure(error)
    }
  }
}
