// Stands in for the types that YASQE comes with: they name types of packages that it does not bring.
declare const Yasqe: any;
export default Yasqe;
