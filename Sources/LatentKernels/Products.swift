// Nodes that only multiply. The mass of a cell of a product is that of each of its factors: nothing is multiplied on the
// way back.

func productForward(_ group: NodeGroup, _ value: UnsafeMutablePointer<Double>) -> MessageRange {
  guard group.isDense else { return indexedForward(group, value) }
  return switch group.cells {
  case 2: denseForward(group, value, TwoStates.self)
  case 3: denseForward(group, value, ThreeStates.self)
  case 4: denseForward(group, value, FourStates.self)
  case 5: denseForward(group, value, FiveStates.self)
  case 6: denseForward(group, value, SixStates.self)
  default: denseForward(group, value)
  }
}

func productBackward(_ group: NodeGroup, _ belief: UnsafeMutablePointer<Double>) {
  guard group.isDense else { return indexedBackward(group, belief) }
  switch group.cells {
  case 2: denseBackward(group, belief, TwoStates.self)
  case 3: denseBackward(group, belief, ThreeStates.self)
  case 4: denseBackward(group, belief, FourStates.self)
  case 5: denseBackward(group, belief, FiveStates.self)
  case 6: denseBackward(group, belief, SixStates.self)
  default: denseBackward(group, belief)
  }
}

/// The products of inputs whose cells stand in the order of the message's.
@inline(never)
private func denseForward<Cells: StateVector>(
  _ group: NodeGroup, _ value: UnsafeMutablePointer<Double>, _: Cells.Type
) -> MessageRange {
  let inputs = group.inputs
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  var range = MessageRange()
  var out = value + group.message
  for node in 0..<group.count {
    var product = Cells(at: value + Int(offsets0[node]))
    if inputs > 1 { product = product * Cells(at: value + Int(offsets1[node])) }
    if inputs > 2 { product = product * Cells(at: value + Int(offsets2[node])) }
    product.store(at: out)
    range.include(product, at: out)
    out += Cells.count
  }
  return range
}

@inline(never)
private func denseBackward<Cells: StateVector>(
  _ group: NodeGroup, _ belief: UnsafeMutablePointer<Double>, _: Cells.Type
) {
  let inputs = group.inputs
  let (offsets0, offsets1, offsets2) = (group.first.offsets, group.second.offsets, group.third.offsets)
  var message = belief + group.message
  for node in 0..<group.count {
    let mass = Cells(at: message)
    mass.add(to: belief + Int(offsets0[node]))
    if inputs > 1 { mass.add(to: belief + Int(offsets1[node])) }
    if inputs > 2 { mass.add(to: belief + Int(offsets2[node])) }
    message += Cells.count
  }
}

@inline(never)
private func denseForward(_ group: NodeGroup, _ value: UnsafeMutablePointer<Double>) -> MessageRange {
  var range = MessageRange()
  var out = value + group.message
  for node in 0..<group.count {
    let (i0, i1, i2) = group.positions(node: node, cell: 0)
    @inline(__always)
    func multiply<Cells: StateVector>(_ s: Int, _: Cells.Type) {
      let product = product(value + i0 + s, value + i1 + s, value + i2 + s, group.inputs, Cells.self)
      product.store(at: out + s)
      range.include(product, at: out + s)
    }
    forEachVector(of: group.cells) {
      multiply($0, FourStates.self)
    } one: {
      multiply($0, OneState.self)
    }
    out += group.cells
  }
  return range
}

@inline(never)
private func denseBackward(_ group: NodeGroup, _ belief: UnsafeMutablePointer<Double>) {
  var message = belief + group.message
  for node in 0..<group.count {
    let (i0, i1, i2) = group.positions(node: node, cell: 0)
    @inline(__always)
    func add<Cells: StateVector>(_ s: Int, _: Cells.Type) {
      let mass = Cells(at: message + s)
      mass.add(to: belief + i0 + s)
      if group.inputs > 1 { mass.add(to: belief + i1 + s) }
      if group.inputs > 2 { mass.add(to: belief + i2 + s) }
    }
    forEachVector(of: group.cells) {
      add($0, FourStates.self)
    } one: {
      add($0, OneState.self)
    }
    message += group.cells
  }
}

@inline(never)
private func indexedForward(_ group: NodeGroup, _ value: UnsafeMutablePointer<Double>) -> MessageRange {
  let inputs = group.inputs
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var range = MessageRange()
  var out = value + group.message
  for node in 0..<group.count {
    let p0 = value + Int(group.first.offsets[node])
    let p1 = value + Int(group.second.offsets[node])
    let p2 = value + Int(group.third.offsets[node])
    for s in 0..<group.cells {
      var product = p0[Int(index0[s])]
      if inputs > 1 { product *= p1[Int(index1[s])] }
      if inputs > 2 { product *= p2[Int(index2[s])] }
      out[s] = product
      range.include(product)
    }
    out += group.cells
  }
  return range
}

@inline(never)
private func indexedBackward(_ group: NodeGroup, _ belief: UnsafeMutablePointer<Double>) {
  let inputs = group.inputs
  let (index0, index1, index2) = (group.first.index, group.second.index, group.third.index)
  var message = belief + group.message
  for node in 0..<group.count {
    let b0 = belief + Int(group.first.offsets[node])
    let b1 = belief + Int(group.second.offsets[node])
    let b2 = belief + Int(group.third.offsets[node])
    for s in 0..<group.cells {
      let mass = message[s]
      b0[Int(index0[s])] += mass
      if inputs > 1 { b1[Int(index1[s])] += mass }
      if inputs > 2 { b2[Int(index2[s])] += mass }
    }
    message += group.cells
  }
}
