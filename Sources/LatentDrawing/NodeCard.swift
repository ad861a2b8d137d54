internal import LatentData
internal import LatentInference
internal import LatentModels

/// What a box of the network says.
struct NodeCard {
  /// What the box is drawn with.
  enum Medium {
    case svg
    case dot
  }

  /// A line of the box: a state and how probable it is, where that is known.
  struct Row {
    let label: String
    /// In the situation that is drawn, where there is one.
    var probability: Double?
    /// Without the situation; nil where none is drawn.
    var before: Double?
    /// What a number is like without the situation; nil where none is drawn.
    var aside: String?

    /// What stands behind the label, for Graphviz.
    var cells: [String] {
      [probability, before].compactMap { $0.map(Numerals.percentage) } + [aside].compactMap(\.self)
    }
  }

  let name: String
  let rows: [Row]
  /// A distribution in place of rows.
  var figure: Figure?
  /// How many states are not shown.
  let more: Int
  var isLatent = false
  var isFixed = false
  var isObserved = false
  /// The first and the last of many variables that the box stands for; nil when it is about one.
  var range: String?
  /// That there are no data for some rows of the table, or for none; nil where there are for all.
  var noData: String?

  /// The most lines below the name.
  static let mostRows = 8

  /// The card of a vertex of the network.
  init(_ vertex: DrawnVertex, of drawing: NetworkDrawing, _ medium: Medium) {
    let model = drawing.model
    let id = vertex.members[0]
    name = vertex.title
    switch vertex.kind {
    case .block:
      rows = vertex.members.map { Self.moments($0, of: drawing, name: "\(model.schema[$0].name): ") }
      more = 0
    case .plate:
      rows = model.schema[id].states.prefix(Self.mostRows).map { Row(label: $0) }
      more = max(0, model.schema[id].states.count - rows.count)
      range = vertex.range(in: model.schema)
    case .variable where !model.schema[id].isCategorical:
      let numbers = drawing.distributions(of: \.numbers, id)
      if medium == .svg, !numbers.isEmpty { figure = .densities(numbers.map { ($0.value, $0.style) }) }
      rows = [Self.moments(id, of: drawing, name: "")]
      more = 0
    case .variable:
      if medium == .svg { figure = Self.histogram(id, of: drawing) }
      (rows, more) = figure == nil ? Self.states(id, of: drawing) : ([], 0)
    }
    isLatent = model.latent.contains(id)
    isFixed = model.fixed.contains(id)
    isObserved = drawing.situation?.observed.contains(id) ?? false
    noData = vertex.kind == .plate ? nil : Self.noData(id, of: drawing)
  }

  /// Columns for many states that have an order; nil otherwise. The states of a latent variable have none but their
  /// names.
  private static func histogram(_ id: VariableID, of drawing: NetworkDrawing) -> Figure? {
    let states = drawing.model.schema[id].states
    let known = drawing.distributions(of: \.states, id)
    guard states.count > mostRows, !known.isEmpty, !drawing.model.latent.contains(id), StateScale.isOrdered(states)
    else { return nil }
    return .histogram(states, known.map { ($0.value, $0.style) })
  }

  /// The rows of a variable with states: of many only the most probable ones, in the order of the model.
  private static func states(_ id: VariableID, of drawing: NetworkDrawing) -> (rows: [Row], more: Int) {
    let states = drawing.model.schema[id].states
    let known = drawing.distributions(of: \.states, id)
    let (last, before) = (known.last?.value, known.count > 1 ? known[0].value : nil)
    var shown = Array(states.indices)
    if shown.count > mostRows {
      if let last { shown.sort { (-last[$0], $0) < (-last[$1], $1) } }
      shown = shown.prefix(mostRows - 1).sorted()
    }
    let rows = shown.map { Row(label: states[$0], probability: last?[$0], before: before?[$0]) }
    return (rows, states.count - rows.count)
  }

  /// The mean and the standard deviation of a number behind its name, and beside a situation those without it.
  private static func moments(_ id: VariableID, of drawing: NetworkDrawing, name: String) -> Row {
    let known = drawing.distributions(of: \.numbers, id).map { moments($0.value) }
    return Row(label: name + (known.last ?? "numbers"), aside: known.count > 1 ? known[0] : nil)
  }

  private static func moments(_ distribution: NumberDistribution) -> String {
    func text(_ value: Double) -> String { Numerals.significant(value, digits: 3) }
    guard distribution.variance > 0 else { return text(distribution.mean) }
    return "mean \(text(distribution.mean)), sd \(text(distribution.standardDeviation))"
  }

  private static func noData(_ id: VariableID, of drawing: NetworkDrawing) -> String? {
    let configurations = drawing.model.structure.family(of: id).configurations
    return switch drawing.unseen[id]?.count ?? 0 {
    case 0: nil
    case configurations: ConditionalTable.noData
    case let count: "\(ConditionalTable.noData): \(count) of \(configurations) rows"
    }
  }

  /// The lines below those of the states.
  var footer: [String] { (more > 0 ? [moreText] : []) + [range, noData].compactMap(\.self) }

  /// The line in place of the states that are left out.
  var moreText: String { "+\(more) more" }
}
