internal import LatentData
internal import LatentModels

/// The graph that the headers of a BIF file's probability blocks spell.
struct BIFStructure {
  let structure: NetworkStructure
  /// The block of each variable, in schema order.
  let blocks: [BIFDeclarations.Block]

  /// Resolves the names of all headers; linear in their length.
  init(_ declarations: BIFDeclarations, _ source: SourceText) throws(FileError) {
    let schema: Schema
    do { schema = try Schema(declarations.variables) } catch {
      throw FileError(.invalid, file: source.file, error.description)
    }
    var found = [BIFDeclarations.Block?](repeating: nil, count: schema.count)
    var parents = [[VariableID]](repeating: [], count: schema.count)
    for block in declarations.blocks {
      let child = try Self.resolve(block.child, in: schema, source)
      if let first = found[child.index] {
        let line = source.line(of: .offset(first.child.offset))
        throw source.error(
          at: .offset(block.child.offset),
          "\(block.child.text) has two probability blocks, the first in line \(line); remove one of the two")
      }
      found[child.index] = block
      for name in block.parents {
        let parent = try Self.resolve(name, in: schema, source)
        guard !parents[child.index].contains(parent) else {
          throw source.error(
            at: .offset(name.offset), "\(name.text) is listed twice as a parent of \(block.child.text); list it once")
        }
        parents[child.index].append(parent)
      }
    }
    var blocks: [BIFDeclarations.Block] = []
    for (variable, (block, offset)) in zip(schema.variables, zip(found, declarations.offsets)) {
      guard let block else {
        throw source.error(
          at: .offset(offset),
          "variable \(variable.name) has no probability block; add 'probability ( \(variable.name) ) { table ...; }'")
      }
      blocks.append(block)
    }
    self.blocks = blocks
    structure = try Self.structure(schema, parents, blocks, source)
  }

  private static func resolve(
    _ name: BIFCursor.Name, in schema: Schema, _ source: SourceText
  ) throws(FileError) -> VariableID {
    if let id = schema[name.text] { return id }
    let remedy = NearestName.remedy(
      for: name.text, among: schema.variables.lazy.map(\.name), otherwise: "declare it with 'variable \(name.text)'")
    throw source.error(at: .offset(name.offset), "'\(name.text)' is not a variable of this file\(remedy)")
  }

  private static func structure(
    _ schema: Schema, _ parents: [[VariableID]], _ blocks: [BIFDeclarations.Block], _ source: SourceText
  ) throws(FileError) -> NetworkStructure {
    do { _ = try DirectedGraph(parents: parents) } catch {
      let place = error.variables.first.map { blocks[$0.index].child.offset } ?? 0
      throw source.error(at: .offset(place), error.description(in: schema))
    }
    do { return try NetworkStructure(schema: schema, parents: parents) } catch {
      var place = 0
      if case .tableTooLarge(let name, _) = error, let id = schema[name] { place = blocks[id.index].child.offset }
      throw source.error(at: .offset(place), error.description)
    }
  }
}
