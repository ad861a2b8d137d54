/// A part of a picture that takes its own space.
protocol ProfilePanel {
  var extent: Extent { get }

  /// Draws the panel with its top left corner at a point.
  func write(to svg: inout SVGWriter, at origin: Point)
}

/// Panels side by side, in as many rows as they need.
struct PanelShelf {
  let extent: Extent
  private let panels: [any ProfilePanel]
  private let origins: [Point]

  static let gap = 28.0

  /// How panels of different widths stand in their rows.
  enum Alignment {
    /// Each beside the one before it.
    case close
    /// In columns that are as wide as the widest panel.
    case columns
  }

  init(_ panels: [any ProfilePanel], width: Double, _ alignment: Alignment) {
    let widest = panels.map(\.extent.width).max() ?? 0
    let slots = panels.map { panel in
      Extent(width: alignment == .columns ? widest : panel.extent.width, height: panel.extent.height)
    }
    let packing = ShelfPacking(slots, width: width, gap: Self.gap)
    self.panels = panels
    (extent, origins) = (packing.extent, packing.origins)
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    for (panel, offset) in zip(panels, origins) {
      panel.write(to: &svg, at: Point(x: origin.x + offset.x, y: origin.y + offset.y))
    }
  }
}

/// What panels have in common.
enum PanelMetrics {
  static let headHeight = 20.0
  static let rowHeight = 15.0
  static let gap = 8.0
  /// How wide the name of a panel may be, and that of a large one.
  static let widestName = 220.0
  static let widestLongName = 460.0
  private static let widestLabel = 96.0

  /// The name of a panel, in bold type.
  static func name(_ text: String, widest: Double = widestName) -> String {
    TextWidth.fitted(text.line, to: widest, size: SVGStyle.panelSize, weight: .bold)
  }

  static func nameWidth(_ text: String) -> Double {
    TextWidth.of(text, size: SVGStyle.panelSize, weight: .bold)
  }

  static func label(_ text: String) -> String {
    TextWidth.fitted(text.line, to: widestLabel, size: SVGStyle.tableSize)
  }

  /// How wide the widest of some labels is.
  static func width(_ texts: [String]) -> Double {
    texts.map { TextWidth.of($0, size: SVGStyle.tableSize) }.max() ?? 0
  }
}

/// The sizes of the classes.
struct SizesPanel: ProfilePanel {
  private let name: String
  private let classes: [ClassMark]
  private let shares: [Double]
  private let labels: [String]
  private let percentages: [String]

  private static let barWidth = 120.0

  init(_ name: String, _ classes: [ClassMark], shares: [Double]) {
    self.name = PanelMetrics.name(name)
    self.classes = classes
    self.shares = shares
    labels = classes.map { PanelMetrics.label($0.label) }
    percentages = shares.map(Numerals.percentage)
  }

  private var labelWidth: Double { 12 + PanelMetrics.width(labels) }

  var extent: Extent {
    let row = labelWidth + PanelMetrics.gap + Self.barWidth + PanelMetrics.gap + PanelMetrics.width(percentages)
    return Extent(
      width: max(row, PanelMetrics.nameWidth(name)),
      height: PanelMetrics.headHeight + Double(classes.count) * PanelMetrics.rowHeight)
  }

  func write(to svg: inout SVGWriter, at origin: Point) {
    svg.addText(name, class: "panel", at: Point(x: origin.x, y: origin.y + 11))
    let left = origin.x + labelWidth + PanelMetrics.gap
    let right = left + Self.barWidth + PanelMetrics.gap + PanelMetrics.width(percentages)
    for (index, mark) in classes.enumerated() {
      let baseline = origin.y + PanelMetrics.headHeight + 10 + Double(index) * PanelMetrics.rowHeight
      mark.writeSwatch(to: &svg, at: Point(x: origin.x, y: baseline))
      svg.addText(labels[index], class: "state", at: Point(x: origin.x + 12, y: baseline))
      func bar(_ share: Double) -> Box {
        Box(origin: Point(x: left, y: baseline - 8), extent: Extent(width: share * Self.barWidth, height: 8))
      }
      svg.addRectangle(bar(1), "class=\"track\"")
      if shares[index] > 0 { svg.addRectangle(bar(shares[index]), mark.fill) }
      svg.addText(percentages[index], class: "right", at: Point(x: right, y: baseline))
    }
  }
}
