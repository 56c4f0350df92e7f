function a(b: string): string;
function a(b: number): number;
function a(b: any): any {
  return b;
}
