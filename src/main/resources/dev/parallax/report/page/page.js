// Click a column's head to sort by it; click again to turn the order round.
for (const table of document.querySelectorAll('table:not(.plain)')) {
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  };
  const order = (a, b) => typeof a === 'number' ? (a === b ? 0 : a > b ? 1 : -1) : a.localeCompare(b);
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const turn = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
      heads.forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', turn > 0 ? 'ascending' : 'descending');
      const body = table.tBodies[0];
      [...body.rows].sort((a, b) => turn * order(key(a, column), key(b, column))).forEach(row => body.append(row));
    });
  });
}
