public import LatentData
internal import LatentInference
public import LatentModels

/// The profiles of the classes of a latent class model or mixture, or of the states of a hidden Markov model: what each is
/// like, variable by variable.
public struct ClassProfileDrawing: Sendable {
  let model: Model
  let title: String
  let root: VariableID
  /// The variables whose distributions in the classes are drawn.
  let shown: [VariableID]

  /// The most variables of one drawing: more do not fit on a page.
  private static let mostVariables = 40
  /// The most classes of one drawing.
  private static let mostClasses = 24

  /// Prepares the drawing of a model with one latent variable, on which all others depend and nothing else, and with all
  /// its parameters; nil for any other model, or when there is too much to draw.
  ///
  /// - Parameters:
  ///   - title: what stands above the drawing.
  ///   - variables: the variables to draw; all of them unless given.
  public init?(_ model: Model, title: String, of variables: [VariableID]? = nil) {
    guard let root = model.latent.first, model.latent.count == 1, model.schema[root].isCategorical,
      model.structure.family(of: root).parents.isEmpty, model.parameters.allSatisfy({ $0 != nil }),
      model.schema[root].cardinality <= Self.mostClasses
    else { return nil }
    let others = model.schema.ids.filter { $0 != root }
    guard others.allSatisfy({ model.structure.family(of: $0).parents == [root] }) else { return nil }
    shown = (variables ?? others).filter { $0 != root }
    guard (1...Self.mostVariables).contains(shown.count) else { return nil }
    (self.model, self.title, self.root) = (model, title, root)
  }

  /// The picture as an SVG document, complete in itself: no scripts, no fonts, nothing from elsewhere.
  ///
  /// The sizes of the classes come first, then a panel per variable: bars for states, densities for numbers, columns for
  /// counts and for many states that have an order. Each density is as high as its row. Blocks of two to six columns
  /// have their pairs drawn below, with the ellipse that holds 95 % of each class.
  public var svg: String { ProfilePicture(self).text }

  var classes: [ClassMark] { model.schema[root].states.enumerated().map { ClassMark($1, index: $0) } }

  /// `bloc: 3 classes, 16 variables`.
  var summary: String {
    func counted(_ count: Int, _ noun: String, _ ending: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : ending)"
    }
    let others = model.schema.count - 1
    let classes = "\(model.schema[root].name.line): \(counted(model.schema[root].cardinality, "class", "es"))"
    return shown.count == others
      ? "\(classes), \(counted(others, "variable", "s"))"
      : "\(classes), \(shown.count) of \(counted(others, "variable", "s"))"
  }

  /// The sizes of the classes, or how a chain begins and goes on, and what each variable is like in them.
  var panels: [any ProfilePanel] {
    guard let table = model.table(of: root) else { return [] }
    let name = model.schema[root].name
    let isChain = model.structure.chainVariable == root
    var panels: [any ProfilePanel] = [
      SizesPanel("\(name): \(isChain ? "first step" : "sizes")", classes, shares: Array(table[0]))
    ]
    if isChain {
      let next = table.rows.dropFirst().map { Array($0) }
      panels.append(StatesPanel(model.schema[root], named: "\(name): next step", classes, next, note: nil))
    }
    return panels + shown.compactMap(panel)
  }

  /// The pairs of the columns of each block that is shown whole.
  var pairs: [PairsPanel] {
    let shown = Set(shown)
    return model.structure.families.compactMap { family in
      guard shown.isSuperset(of: family.children) else { return nil }
      return model.table(of: family.child).flatMap { PairsPanel($0, classes) }
    }
  }

  private func panel(of id: VariableID) -> (any ProfilePanel)? {
    guard let table = model.table(of: id) else { return nil }
    let (variable, note) = (model.schema[id], noData(id))
    guard variable.isCategorical else {
      let position = model.structure.family(of: id).children.firstIndex(of: id) ?? 0
      let distributions = (0..<table.rowCount).map { table.distribution(ofRow: $0, child: position) }
      return RidgePanel(variable.name, classes, distributions, note: note)
    }
    let distributions = table.rows.map { Array($0) }
    if variable.cardinality > StatesPanel.mostRows, StateScale.isOrdered(variable.states) {
      return RidgePanel(variable, classes, distributions, note: note)
    }
    return StatesPanel(variable, classes, distributions, note: note)
  }

  /// The classes in which no data informed a variable.
  private func noData(_ id: VariableID) -> String? {
    let unseen = model.unseenConfigurations[id] ?? []
    guard !unseen.isEmpty else { return nil }
    return "\(ConditionalTable.noData): \(unseen.map { model.schema[root].states[$0].line }.joined(separator: ", "))"
  }
}

extension ConditionalTable {
  /// The distribution of a number in a configuration.
  fileprivate func distribution(ofRow row: Int, child: Int) -> NumberDistribution {
    let values = Array(self[row])
    switch law {
    case .table, .poisson: return NumberDistribution(Poisson(rate: values[0]))
    case .gaussian:
      let variance = values[children.count + child * (child + 1) / 2 + child]
      return NumberDistribution(Gaussian(mean: values[child], variance: variance))
    }
  }
}
