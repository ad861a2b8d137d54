internal import LatentData
internal import LatentModels

/// What the box of a variable says.
struct NodeCard {
  /// A line of the box: a state and how probable it is, where that is known.
  struct Row {
    let label: String
    let probability: Double?
  }

  let id: VariableID
  let name: String
  let rows: [Row]
  /// How many states are not shown.
  let more: Int
  let isLatent: Bool
  let isFixed: Bool
  /// That there are no data for some rows of the table, or for none; nil where there are for all.
  let noData: String?

  /// The most lines below the name.
  static let mostRows = 8

  /// The card of a variable; of many states only the most probable ones, in the order of the model.
  ///
  /// - unseen: for how many rows of the table there are no data.
  init(_ id: VariableID, of model: Model, marginal: [Double]?, unseen: Int) {
    let variable = model.schema[id]
    self.id = id
    name = variable.name
    isLatent = model.latent.contains(id)
    isFixed = model.fixed.contains(id)
    let configurations = model.structure.family(of: id).configurations
    noData =
      switch unseen {
      case 0: nil
      case configurations: ConditionalTable.noData
      default: "\(ConditionalTable.noData): \(unseen) of \(configurations) rows"
      }
    guard variable.isCategorical else {
      rows = [Row(label: "numbers", probability: nil)]
      more = 0
      return
    }
    var shown = Array(variable.states.indices)
    if shown.count > Self.mostRows {
      if let marginal { shown.sort { (-marginal[$0], $0) < (-marginal[$1], $1) } }
      shown = shown.prefix(Self.mostRows - 1).sorted()
    }
    rows = shown.map { Row(label: variable.states[$0], probability: marginal?[$0]) }
    more = variable.cardinality - rows.count
  }

  /// The lines below those of the states.
  var footer: [String] { (more > 0 ? [moreText] : []) + [noData].compactMap(\.self) }

  /// The line in place of the states that are left out.
  var moreText: String { "+\(more) more" }
}
