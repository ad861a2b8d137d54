internal import LatentData
internal import LatentModels

/// What a document says of a variable or a block, before it is spelt.
struct NativeDeclaration {
  /// A field; words are in quotes where a spelling puts all text in quotes.
  struct Field {
    let key: String
    let value: String
    let isWord: Bool
  }

  let name: String
  private let family: Family
  private let children: [Variable]
  private let isBlock: Bool
  private let isLatent: Bool
  private let isFixed: Bool
  private let hasFixedMeans: Bool
  private let initial: InitialDistribution
  private let cuts: Cuts?
  private let missingIsState: Bool
  /// The missing tokens of each child.
  private let missing: [[String]]

  private init(_ family: Family, _ model: Model) {
    name = family.name
    self.family = family
    children = family.children.map { model.schema[$0] }
    isBlock = model.structure.isBlock(family)
    isLatent = model.latent.contains(family.child)
    isFixed = model.fixed.contains(family.child)
    hasFixedMeans = model.fixedMeans.contains(family.child)
    initial = model.structure.dynamics.initial(of: family.child)
    cuts = model.codebook.cuts[name]
    missingIsState = model.codebook.missingStates.contains(name)
    missing = children.map { model.codebook.missingByVariable[$0.name] ?? [] }
  }

  /// The variables and blocks of a model, in order.
  static func all(of model: Model) -> [NativeDeclaration] {
    model.structure.families.map { NativeDeclaration($0, model) }
  }

  /// The fields in order; labels as `label` spells them.
  func fields(_ label: (String) -> String) -> [Field] {
    func list(_ labels: [String]) -> String { "[\(labels.map(label).joined(separator: ", "))]" }
    var fields =
      switch family.law {
      case .table: [Field(key: "states", value: list(children[0].states), isWord: false)]
      case .gaussian: [Field(key: "type", value: "gaussian", isWord: true)]
      case .poisson: [Field(key: "type", value: "poisson", isWord: true)]
      }
    if isBlock, case .gaussian(let covariance) = family.law {
      fields.append(Field(key: "columns", value: list(children.map(\.name)), isWord: false))
      fields.append(Field(key: "covariance", value: covariance.rawValue, isWord: true))
    }
    if let cuts { fields.append(Field(key: "cuts", value: TextSpelling.list(cuts.points[...]), isWord: false)) }
    if !missing.allSatisfy(\.isEmpty) {
      let lists = zip(children, missing).filter { !$1.isEmpty }.map { "\(label($0.name)): \(list($1))" }
      let isOne = missing.allSatisfy { $0 == missing[0] }
      let value = isOne ? list(missing[0]) : "{\(lists.joined(separator: ", "))}"
      fields.append(Field(key: "missing", value: value, isWord: false))
    }
    if missingIsState { fields.append(Field(key: "missing", value: NativeCodebook.asState, isWord: true)) }
    if isLatent { fields.append(Field(key: "latent", value: "true", isWord: false)) }
    if initial != .free { fields.append(Field(key: "initial", value: initial.rawValue, isWord: true)) }
    if isFixed { fields.append(Field(key: "fixed", value: "true", isWord: false)) }
    if hasFixedMeans { fields.append(Field(key: "fixed", value: "mean", isWord: true)) }
    return fields
  }
}
