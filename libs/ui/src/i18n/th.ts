import type { UiWord } from './en.js';
import type { Catalogue } from './locale.js';

export const th: Catalogue<UiWord> = {
  close: 'ปิด',
  messages: 'ข้อความ',
  failed: 'ดำเนินการไม่สำเร็จ',
  unreachable: 'ติดต่อเซิร์ฟเวอร์ไม่ได้',
  retry: 'ลองอีกครั้ง',
  loading: 'กำลังโหลด',
  over: 'หมดเวลา',
  language: 'ภาษา',
  theme: 'ธีม',
  themeSystem: 'ตามระบบ',
  themeLight: 'สว่าง',
  themeDark: 'มืด',
  choose: 'เลือก…',
  add: 'เพิ่ม',
  remove: 'ลบ',
};
