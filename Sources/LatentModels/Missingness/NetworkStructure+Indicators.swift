package import LatentData

extension NetworkStructure {
  /// The structure with an indicator for each mechanism, appended in their order: all other variables keep their places,
  /// and so do the numbers that random starts draw for them.
  package func appendingIndicators(
    _ mechanisms: [MissingnessMechanism], latent: Set<VariableID>
  ) throws(MissingnessError) -> NetworkStructure {
    var seen = Set<String>()
    for mechanism in mechanisms {
      try check(mechanism.variable, latent: latent)
      guard seen.insert(mechanism.variable).inserted else { throw .duplicate(mechanism.variable) }
    }
    let extended: Schema
    do {
      extended = try Schema(
        schema.variables
          + mechanisms.map { (mechanism) throws(SchemaError) in
            try Variable(name: Codebook.indicatorName(of: mechanism.variable), states: Codebook.indicatorStates)
          })
    } catch { preconditionFailure("names were checked: \(error)") }
    var parents = graph.parents
    for mechanism in mechanisms {
      var own: [VariableID] = []
      for name in mechanism.dependsOn { own.append(try parent(name, of: mechanism.variable, in: extended)) }
      parents.append(own)
    }
    do {
      return try NetworkStructure(schema: extended, parents: parents, blocks: blocks, dynamics: dynamics)
    } catch {
      throw .structure(error)
    }
  }

  /// Checks that cells of a variable may be missing, and that there is a name for its indicator.
  private func check(_ name: String, latent: Set<VariableID>) throws(MissingnessError) {
    guard let id = schema[name] else {
      if let block = blocks.first(where: { $0.name == name }) {
        throw .block(name, columns: block.columns.map { schema[$0].name })
      }
      throw .unknownVariable(name)
    }
    guard !latent.contains(id) else { throw .latent(name) }
    let indicator = Codebook.indicatorName(of: name)
    guard schema[indicator] == nil, !blocks.contains(where: { $0.name == indicator }) else {
      throw .nameTaken(indicator, variable: name)
    }
  }

  private func parent(_ name: String, of variable: String, in schema: Schema) throws(MissingnessError) -> VariableID {
    guard let id = schema[name] else {
      if blocks.contains(where: { $0.name == name }) { throw .parentOfNumbers(name, variable: variable) }
      throw .unknownParent(name, variable: variable)
    }
    guard schema[id].isCategorical else { throw .parentOfNumbers(name, variable: variable) }
    return id
  }
}

extension Model {
  /// The model with an indicator for each mechanism: a variable `m_NAME` with the states `observed` and `missing`, after
  /// all others. Readers of tables derive its column.
  ///
  /// ```swift
  /// let model = try Model(variables: ["age": ["young", "old"], "income": ["low", "high"]], edges: ["age -> income"])
  ///   .withIndicators([MissingnessMechanism("income", dependsOn: ["age"])])
  /// ```
  ///
  /// - Throws: for the first mechanism that the model has no place for.
  public func withIndicators(_ mechanisms: [MissingnessMechanism]) throws(MissingnessError) -> Model {
    let extended = try structure.appendingIndicators(mechanisms, latent: latent)
    do {
      return try Model(
        name: name, structure: extended, latent: latent, fixed: fixed, fixedMeans: fixedMeans,
        parameters: parameters + mechanisms.map { _ in nil }, unseen: unseen,
        codebook: codebook.withIndicators(of: mechanisms.map(\.variable)))
    } catch {
      preconditionFailure("what is kept was part of a model: \(error)")
    }
  }

  /// The indicators of missing cells, in schema order.
  public var indicators: [Indicator] {
    guard !codebook.indicators.isEmpty else { return [] }
    return schema.ids.compactMap { id in
      guard let variable = codebook.indicators[schema[id].name].flatMap({ schema[$0] }) else { return nil }
      return Indicator(variable: variable, id: id)
    }
  }

  /// The mechanisms that the indicators stand for.
  public var mechanisms: [MissingnessMechanism] {
    indicators.map { indicator in
      MissingnessMechanism(
        schema[indicator.variable].name,
        dependsOn: structure.family(of: indicator.id).parents.map { schema[$0].name })
    }
  }

  /// The model of the data alone: the same variables and parameters without indicators.
  public var withoutIndicators: Model {
    let kept = schema.count - indicators.count
    guard kept < schema.count else { return self }
    // Indicators come last, and nothing but indicators depends on them.
    do {
      let data = try NetworkStructure(
        schema: Schema(Array(schema.variables.prefix(kept))), parents: Array(structure.graph.parents.prefix(kept)),
        blocks: structure.blocks, dynamics: structure.dynamics)
      return try Model(
        name: name, structure: data, latent: latent, fixed: fixed.filter { $0.index < kept }, fixedMeans: fixedMeans,
        parameters: data.families.map { parameters[structure.familyIndex(of: $0.child)] },
        unseen: unseen.filter { $0.variable.index < kept }, codebook: codebook.withoutIndicators())
    } catch {
      preconditionFailure("what is left was part of a model: \(error)")
    }
  }
}
